import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";

import { makeFigure } from "../../lib/display/figure";
import { pageScript } from "../../lib/report/page-script";
import { hashOfScript } from "../../lib/report/plotly-source";
import { renderReport } from "../../lib/report/render-report";
import type { ReportBlock, ReportContents } from "../../lib/report/report-contents";

const figure: ReportBlock = {
  kind: "figure",
  figure: makeFigure([{ type: "bar", x: [1], y: [2] }], { title: { text: "Bars" } }),
  caption: "one bar",
  alternative: "a bar",
};

const report = (blocks: readonly ReportBlock[], other: Partial<ReportContents> = {}): ReportContents => ({
  title: "T",
  made: new Date("2026-01-02T03:04:05Z"),
  sections: [
    { anchor: "first", title: "First", blocks },
    { anchor: "second", title: "Second", blocks: [] },
  ],
  ...other,
});

describe("renderReport(report)", () => {
  it("lists its sections, each of which has its anchor", () => {
    const page = renderReport(report([]));
    const links = [...page.matchAll(/<a href="#([^"]*)">/g)].map(([, anchor]) => anchor);
    const anchors = [...page.matchAll(/<section id="([^"]*)">/g)].map(([, anchor]) => anchor);
    deepEqual(links, ["first", "second"]);
    deepEqual(anchors, links);
  });

  it("forbids every request and every script but its two, which it names by their hashes", () => {
    const page = renderReport(report([figure]));
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)!;
    match(policy!, /^default-src 'none'; img-src data: blob:; /);
    ok(policy!.includes(`'${hashOfScript(pageScript)}'`));
    ok(!/script-src[^;]*unsafe/.test(policy!));
    // The hash is of what the browser will find there.
    ok(page.includes(`<script>${pageScript}</script>`));
    doesNotMatch(
      page.replace(/<script type="application\/octet-stream".*?<\/script>/s, ""),
      /(src|href)="(https?:)?\/\//,
    );
  });

  it("holds plotly once for all figures, and not at all without any", () => {
    const two = renderReport(report([figure, figure]));
    equal(two.split('id="plotly"').length - 1, 1);
    deepEqual(
      [...two.matchAll(/<script type="application\/json" id="([^"]*)">/g)].map(([, id]) => id),
      ["drawn-figure-1-data", "drawn-figure-2-data"],
    );
    const none = renderReport(report([]));
    ok(none.length < 20_000);
    equal(none.split("<script").length - 1, 1);
    match(none, /script-src 'sha256-[^' ]*';/);
  });

  it("says above how many reporting items are filled", () => {
    const item = { group: "g", item: "i", asked: "a", by: "author" } as const;
    const items: ReportBlock = {
      kind: "items",
      items: [
        { ...item, said: "x" },
        { ...item, said: null },
      ],
    };
    const facts: ReportBlock = { kind: "facts", facts: [{ name: "Licence", value: null }] };
    match(
      renderReport(report([items, facts])),
      /1 of 2 reporting items are filled\. 1 fact is marked as not reported\./,
    );
    doesNotMatch(renderReport(report([])), /reporting items/);
  });

  it("shows a ribbon where it is given", () => {
    match(renderReport(report([], { ribbon: "not results" })), /class="ribbon" role="note">not results</);
    doesNotMatch(renderReport(report([])), /class="ribbon"/);
  });

  it("is the same for the same contents", () => {
    equal(renderReport(report([figure])), renderReport(report([figure])));
  });
});
