/** What is used of pdfmake. Its published types bring the browser's along, which then stand in the place of Node's. */
declare module 'pdfmake' {
  interface Look {
    readonly bold?: boolean;
    readonly italics?: boolean;
    readonly fontSize?: number;
    readonly alignment?: 'left' | 'center' | 'right' | 'justify';
    /** Of the first line, in points. */
    readonly leadingIndent?: number;
    readonly lineHeight?: number;
    readonly margin?: readonly [left: number, top: number, right: number, bottom: number];
    readonly width?: number | string;
    readonly unbreakable?: boolean;
  }
  export type Content =
    | string
    | (Look & { readonly text: string })
    | (Look & { readonly stack: readonly Content[] })
    | (Look & { readonly canvas: readonly CanvasLine[] })
    | (Look & { readonly columns: readonly Content[]; readonly columnGap?: number })
    | (Look & { readonly table: ContentTable; readonly layout?: CustomTableLayout });
  interface CanvasLine {
    readonly type: 'line';
    readonly x1: number;
    readonly y1: number;
    readonly x2: number;
    readonly y2: number;
    readonly lineWidth: number;
  }
  export type TableCell =
    | string
    | (Look & { readonly text: string; readonly rowSpan?: number; readonly colSpan?: number });
  export interface ContentTable {
    readonly headerRows?: number;
    readonly keepWithHeaderRows?: number;
    readonly dontBreakRows?: boolean;
    readonly widths: readonly (number | string)[];
    readonly heights?: readonly number[];
    readonly body: TableCell[][];
  }
  /** Each in points. */
  export interface CustomTableLayout {
    hLineWidth(): number;
    vLineWidth(): number;
    paddingLeft(): number;
    paddingRight(): number;
    paddingTop(): number;
    paddingBottom(): number;
  }
  interface Document {
    readonly pageSize: 'A4';
    readonly pageOrientation: 'portrait' | 'landscape';
    readonly pageMargins: readonly [left: number, top: number, right: number, bottom: number];
    readonly info: {
      readonly title: string;
      readonly creator: string;
      readonly producer: string;
      readonly creationDate: Date;
    };
    readonly defaultStyle: { readonly font: string; readonly fontSize: number };
    readonly content: readonly Content[];
    header?(page: number): Content;
    footer(page: number, pages: number): Content;
  }
  const pdfmake: {
    readonly virtualfs: { writeFileSync(name: string, content: Buffer): void };
    setFonts(fonts: Readonly<Record<string, Readonly<Record<string, string>>>>): void;
    setUrlAccessPolicy(mayOpen: (url: string) => boolean): void;
    setLocalAccessPolicy(mayOpen: (path: string) => boolean): void;
    createPdf(document: Document): { getBuffer(): Promise<Uint8Array> };
  };
  export default pdfmake;
}
