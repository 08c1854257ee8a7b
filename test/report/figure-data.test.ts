import { deepEqual, equal, ok } from "node:assert/strict";

import { makeFigure } from "../../lib/display/figure";
import { scriptJson, takeFigureApart, titleOfFigure } from "../../lib/report/figure-data";

describe("takeFigureApart(figure)", () => {
  const figure = makeFigure([{ type: "scatter", x: [1], y: [2], name: "a<b" }], {
    title: { text: "<b>ROC</b> curves<br><span style='color:red'>bands: 95 %</span>" },
    yaxis: { title: { text: "sensitivity" } },
  });

  it("gives the title as plain text, its other lines apart", () => {
    const { title, subtitle } = takeFigureApart(figure);
    deepEqual([title, subtitle], ["ROC curves", "bands: 95 %"]);
    equal(titleOfFigure(figure), "ROC curves");
    equal(titleOfFigure({ layout: {} }), "");
  });

  it("puts a heading of several lines together again", () => {
    const long = "Decisions of a network whose name is so long that it is broken into lines";
    const { title, subtitle } = takeFigureApart(makeFigure([], { title: { text: `${long}<br><sub>a note</sub>` } }));
    deepEqual([title, subtitle], [long, "a note"]);
    const alone = takeFigureApart(makeFigure([], { title: { text: long } }));
    deepEqual([alone.title, alone.subtitle], [long, ""]);
  });

  it("leaves the area of the plot as large as it was", () => {
    const { layout } = JSON.parse(takeFigureApart(figure).json);
    equal(layout.title, undefined);
    const before = figure.layout.height! - figure.layout.margin!.t! - figure.layout.margin!.b!;
    equal(layout.height - layout.margin.t - layout.margin.b, before);
    equal(layout.yaxis.title.text, "sensitivity");
  });

  it("takes the room of a heading of any number of lines away with it, and leaves that of headings of panels", () => {
    const topOf = (text: string, margin = {}) => {
      const { json } = takeFigureApart(makeFigure([], { title: { text }, margin }));
      return (JSON.parse(json) as { layout: { margin: { t: number } } }).layout.margin.t;
    };
    const note = "a note so long that a telephone has no room for it in one line, and again and again";
    equal(topOf(`ROC curve<br><sub>${note}</sub>`), topOf("ROC curve"));
    equal(topOf(`ROC curve<br><sub>${note}</sub>`, { t: 72 }), topOf("ROC curve", { t: 72 }));
  });

  it("keeps what names in data hold, and lets none of it end the script element", () => {
    const hostile = makeFigure([{ type: "bar", name: "</script><script>alert(1)</script>" }], {});
    const { json } = takeFigureApart(hostile);
    ok(!json.includes("<"));
    equal(JSON.parse(json).data[0].name, "</script><script>alert(1)</script>");
  });
});

describe("scriptJson(value)", () => {
  it("writes typed arrays as lists and numbers that are none as null", () => {
    deepEqual(JSON.parse(scriptJson({ x: Float32Array.of(0.5, NaN), y: [Infinity] })), { x: [0.5, null], y: [null] });
  });

  it("drops names that would reach prototypes", () => {
    const evil: unknown = JSON.parse('{"a":{"__proto__":{"bad":1},"constructor":{"prototype":{"bad":1}},"b":2}}');
    deepEqual(JSON.parse(scriptJson(evil)), { a: { b: 2 } });
  });
});
