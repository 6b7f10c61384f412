/** What is used of pdfkit, the engine under pdfmake; places and sizes are points. */
declare module 'pdfkit' {
  interface Settings {
    readonly size: 'A4';
    readonly margin: number;
    readonly autoFirstPage: boolean;
    readonly lang: string;
    readonly displayTitle: boolean;
    readonly info: {
      readonly Title: string;
      readonly Creator: string;
      readonly Producer: string;
      readonly CreationDate: Date;
    };
  }
  interface Features {
    /** OpenType features by name, such as `liga`. */
    readonly features: readonly string[];
  }
  export default class PDFDocument {
    constructor(settings: Settings);
    registerFont(name: string, content: Buffer): this;
    font(name: string): this;
    fontSize(size: number): this;
    widthOfString(text: string, how: Features): number;
    text(text: string, x: number, y: number, how: Features & { readonly lineBreak: false }): this;
    image(picture: Buffer, x: number, y: number, how: { readonly width: number }): this;
    lineWidth(width: number): this;
    moveTo(x: number, y: number): this;
    lineTo(x: number, y: number): this;
    rect(x: number, y: number, width: number, height: number): this;
    stroke(): this;
    addPage(): this;
    on(event: 'data', heard: (part: Uint8Array) => void): this;
    on(event: 'end', heard: () => void): this;
    end(): void;
  }
}
