import type { TableCell } from "../display/table";
import { formatDifference, formatValue } from "./format-difference";
import type { ReaderComparison, ReaderValue } from "./reader";
import { formatProbability } from "./compare-all";

/** Tables of a reader and networks, to be shown by `showTable`. */
export interface ReaderTables {
  /** One row the reader and each network: areas over all cases and over those of category 4. */
  readonly areas: readonly Record<string, TableCell>[];
  /** One row an operating point of the reader and each network there. */
  readonly points: readonly Record<string, TableCell>[];
  /** One row a network: whether it adds to the reader. */
  readonly added: readonly Record<string, TableCell>[];
}

/** Makes the tables of a comparison with a reader. */
export function readerTables({ area, areas, points, undecided, added }: ReaderComparison): ReaderTables {
  const beside = new Map(undecided.areas.map((one) => [one.model, one]));
  return {
    areas: [
      { model: "reader (BI-RADS)", AUC: say(area), "AUC, BI-RADS 4 alone": "one category: none" },
      ...areas.map(({ model, ...own }) => ({
        model,
        AUC: say(own),
        "AUC, BI-RADS 4 alone": say(beside.get(model)!),
      })),
    ],
    points: points.flatMap(({ name, sensitivity, specificity, networks }) => [
      {
        "operating point": name,
        model: "reader",
        sensitivity: say(sensitivity),
        "minus reader": null,
        specificity: say(specificity),
        "minus reader's": null,
      },
      ...networks.map((one) => ({
        "operating point": name,
        model: one.model,
        sensitivity: say(one.sensitivity),
        "minus reader": sayGain(one.sensitivityGain),
        specificity: say(one.specificity),
        "minus reader's": sayGain(one.specificityGain),
      })),
    ]),
    added: added.map(({ model, p, area: both, gain, reason }) => ({
      model,
      "p of the network beside the reader": formatProbability(p),
      "AUC of both": say(both),
      "minus reader": sayGain(gain),
      remark: reason,
    })),
  };
}

const say = ({ value, low, high }: ReaderValue) => formatValue(value, low, high);

const sayGain = ({ value, low, high }: ReaderValue) => formatDifference({ estimate: value, low, high });
