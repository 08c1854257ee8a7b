import { pictureElements, writeDicom, type ElementList } from "./dicom";
import { drawText } from "./letters";

/** How a DICOM picture for an import is written. */
export interface ClinicPicture {
  readonly patient?: string;
  readonly issuer?: string;
  /** Whether it says where its tissue is: from (10, 20) to (69, 59), 0.2 mm a pixel. Default: true. */
  readonly region?: boolean;
  /** What is written into the picture, and where. */
  readonly text?: { readonly left: number; readonly top: number };
  readonly others?: ElementList;
}

/** Writes an ultrasound picture of 100 × 80 pixels as scanners do: a name at the top, tissue below. */
export function clinicPicture({
  patient = "P-1",
  issuer = "",
  region = true,
  text,
  others = {},
}: ClinicPicture = {}): Buffer {
  const pixels = new Uint8Array(100 * 80);
  for (let row = 20; row < 60; row++)
    for (let column = 10; column < 70; column++) pixels[row * 100 + column] = 40 + ((row * 7 + column * 3) % 60);
  drawText(pixels, 100, 4, 4);
  if (text !== undefined) drawText(pixels, 100, text.left, text.top);
  const regions: ElementList = {
    "0018,6011": [
      "SQ",
      [
        {
          "0018,6012": ["US", 1],
          "0018,6014": ["US", 1],
          "0018,6018": ["UL", 10],
          "0018,601a": ["UL", 20],
          "0018,601c": ["UL", 69],
          "0018,601e": ["UL", 59],
          "0018,6024": ["US", 3],
          "0018,6026": ["US", 3],
          "0018,602c": ["FD", 0.02],
          "0018,602e": ["FD", 0.02],
        },
      ],
    ],
  };
  return writeDicom(
    pictureElements(100, 80, pixels, {
      "0008,0070": ["LO", "Maker"],
      "0008,1090": ["LO", "Seven"],
      "0010,0010": ["PN", "GEHEIM^ANNA"],
      "0010,0020": ["LO", patient],
      ...(issuer === "" ? {} : { "0010,0021": ["LO", issuer] as const }),
      "0010,1010": ["AS", "052Y"],
      "0020,000d": ["UI", "1.2.840.99"],
      "0020,0062": ["CS", "R"],
      ...(region ? regions : {}),
      ...others,
    }),
  );
}
