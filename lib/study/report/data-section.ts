import { describeLevels, describeRegion } from "../../data/prepare/describe-preparation";
import type { ImageRecord } from "../../data/records/record";
import type { DataSet } from "../../data/sets/data-set";
import { findDataSet } from "../../data/sets/registry";
import { describeSplit, describeGroupsAcrossParts } from "../../data/split/split";
import type { TableCell } from "../../display/table";
import type { ReportSection } from "../../report/report-contents";
import { dataRoot } from "../../runtime/environment";
import { hashOf } from "../../files/checksum";
import { canonicalJson } from "../../files/canonical-json";
import type { Study } from "../open-study";
import { factsOf, paragraph, sectionOf, tableOf } from "./blocks";
import { attempt } from "../attempt";

/** Writes the data sheet: which images, from where, how they were divided, and what to be wary of. */
export function describeData(study: Study): ReportSection {
  const { dataset, records, split, prepared, sample } = study;
  const { value: set, missing } = attempt(() => findDataSet(dataset, dataRoot()));
  const { size, channels, filter } = prepared.configuration;
  const patients = records.map(({ patient }) => patient);
  const across = describeGroupsAcrossParts(split);
  return sectionOf("data", "Data", [
    missing !== null && paragraph(missing, "missing"),
    factsOf({
      "Data set": set?.title ?? dataset,
      ...(set?.parts === undefined
        ? { Licence: set?.licence ?? null, Citation: set?.citation ?? null }
        : { "Licences and citations": "of each set, see the table of the sets" }),
      ...(set === null || set.homepage === "" ? {} : { "Kept at": set.homepage }),
      "Images used": records.length,
      ...classesOf(records),
      Patients: patients.includes(undefined)
        ? "not known for every image: such an image stands for itself"
        : new Set(patients).size,
      Sample: sample ?? "all usable images of the set",
      "Hash of the data": split.dataHash,
    }),
    tableOfSets(set?.parts ?? [], records),
    [...(set?.cautions ?? []), ...study.notices].map((caution) => paragraph(caution, "caution")),
    tableOf(
      "Images of each fold",
      describeSplit(split, records),
      `Split "${split.name}" (${split.kind}${split.seed === null ? "" : `, seed ${split.seed}`}). Images of one patient stand in one part of a fold${across === null ? "." : ", with exceptions."}`,
    ),
    across !== null && paragraph(across, "caution"),
    characteristics(records),
    factsOf({
      Region: describeRegion(prepared.configuration),
      "Gray levels": describeLevels(prepared.configuration),
      Input: `${size} × ${size} pixels (${filter}), planes: ${channels.join(", ")}`,
      "Images left out when prepared": prepared.leftOut.length,
      "Hash of the prepared images": prepared.hash,
      "Hash of the split": hashOf(canonicalJson(split)),
    }),
  ]);
}

function tableOfSets(parts: readonly DataSet[], records: readonly ImageRecord[]): ReportSection["blocks"] {
  if (parts.length === 0) return [];
  const rows = parts.map(({ name, title, licence, citation, homepage }): Record<string, TableCell> => {
    const own = records.filter(({ set }) => set === name);
    const malignant = own.filter(({ label }) => label === "malignant").length;
    const patients = new Set(own.flatMap(({ patient }) => patient ?? [])).size;
    return {
      ...{ set: title, images: own.length, patients: patients === 0 ? "not known" : patients },
      "malignant (%)": Number(((100 * malignant) / own.length).toFixed(0)),
      ...{ licence, citation, "kept at": homepage },
    };
  });
  return [tableOf("The sets that are taken together", rows)];
}

function classesOf(records: readonly ImageRecord[]): Record<string, string> {
  const count = (label: ImageRecord["label"]) => records.filter((record) => record.label === label).length;
  const share = (label: ImageRecord["label"]) =>
    `${count(label)} (${((100 * count(label)) / records.length).toFixed(1)} %)`;
  return { Benign: share("benign"), Malignant: share("malignant") };
}

function characteristics(records: readonly ImageRecord[]): ReportSection["blocks"] {
  const count = (what: string, valueOf: (record: ImageRecord) => string | undefined) => {
    const values = [...new Set(records.map(valueOf))].sort((a, b) => ((a ?? "~") < (b ?? "~") ? -1 : 1));
    if (values.every((value) => value === undefined)) return [];
    return values.map((value): Record<string, TableCell> => {
      const own = records.filter((record) => valueOf(record) === value);
      const malignant = own.filter(({ label }) => label === "malignant").length;
      const share = ((100 * malignant) / own.length).toFixed(0);
      return { what, value: value ?? "not stated", images: own.length, "malignant (%)": Number(share) };
    });
  };
  const rows = [
    ...count("BI-RADS category", ({ birads }) => birads),
    ...count("device", ({ device }) => device),
    ...count("reference standard", ({ verification }) => verification),
  ];
  return rows.length === 0 ? [] : [tableOf("What the set states of the images", rows)];
}
