import type { StudySettings } from "../study-settings";
import { overnight } from "./overnight";

/** The same with the outline of the lesion in channels of its own: somebody has to draw it. */
export const overnightMasks: StudySettings = {
  ...overnight,
  profile: "overnight-masks",
  purpose:
    "The same as overnight with three channels: gray, gray within the lesion's outline, and the outline. It tells what an outline that somebody draws is worth; without one, these networks cannot be used.",
  preparation: { ...overnight.preparation, channels: ["gray", "gray × mask", "mask"] },
};
