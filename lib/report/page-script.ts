import { figureConfig } from "../display/figure";

/**
 * What a report's page runs: it unpacks plotly and draws the figures into their places, as wide as there is room, and again when
 * the window changes or the page is printed, for which folded tables are opened. `data-figures` of the `html` element says "drawn"
 * once all are there.
 */
export const pageScript = `
(() => {
  "use strict";
  const printedWidth = 660;
  const leastPlot = 240;
  const leastFixed = 600;
  const places = [...document.querySelectorAll(".canvas")];
  const state = (text) => { document.documentElement.dataset.figures = text; };
  // Where there is too little room for it, a figure is wider than its place, which scrolls: labels and legends of figures with a
  // width of their own were placed for it.
  const fit = (given, available) => {
    const least = given.width === undefined ? given.margins + leastPlot : Math.min(given.width, leastFixed);
    const room = Math.max(available, least);
    if (given.width === undefined) return { width: room, height: given.height };
    if (given.width <= room) return { width: given.width, height: given.height };
    return { width: room, height: Math.max(Math.min(given.height, 380), given.height * room / given.width) };
  };
  const unpack = async () => {
    const text = atob(document.getElementById("plotly").textContent.trim());
    const bytes = new Uint8Array(text.length);
    for (let place = 0; place < text.length; place++) bytes[place] = text.charCodeAt(place);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const script = document.createElement("script");
    script.textContent = await new Response(stream).text();
    document.head.append(script);
    if (window.Plotly === undefined) throw new Error("plotly did not start");
  };
  const draw = async () => {
    for (const place of places) {
      const { data, layout } = JSON.parse(document.getElementById(place.dataset.figure).textContent);
      const live = document.createElement("div");
      live.className = "live";
      place.append(live);
      place.live = live;
      const margins = (layout.margin.l ?? 80) + (layout.margin.r ?? 80);
      place.given = { width: layout.width, height: layout.height, margins };
      const size = fit(place.given, place.clientWidth);
      await Plotly.newPlot(live, data, { ...layout, ...size }, ${JSON.stringify({ ...figureConfig, responsive: false })});
      place.classList.add("drawn");
    }
    const again = (widthOf) => {
      for (const place of places) void Plotly.relayout(place.live, fit(place.given, widthOf(place)));
    };
    const screen = () => { again((place) => place.parentElement.clientWidth); };
    let waiting;
    window.addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(screen, 150); });
    window.addEventListener("beforeprint", () => { again(() => printedWidth); });
    window.addEventListener("afterprint", screen);
  };
  const failed = (error) => {
    for (const place of places)
      if (place.querySelector(".still") === null)
        place.textContent = "This figure cannot be drawn here: " + error.message + ". A newer browser may.";
    state("failed");
  };
  const folded = [...document.querySelectorAll("details:not([open])")];
  window.addEventListener("beforeprint", () => { for (const one of folded) one.open = true; });
  window.addEventListener("afterprint", () => { for (const one of folded) one.open = false; });
  if (places.length === 0) return;
  state("waiting");
  unpack().then(draw).then(() => { state("drawn"); }, failed);
})();
`;
