/** Letters to persons as one .docx, a page each, in the layout of Decree 30/2020: to be numbered, signed and handed over. */
import { Document, Packer } from 'docx';
import type { NoticeLetter } from '../../shared/completion/notice-letter.ts';
import { a4, font, foot, head, line, margin, paragraph, size, title } from './document-writer.ts';

/** Takes at least one letter. */
export async function writeNoticeLetters(letters: readonly NoticeLetter[]): Promise<Uint8Array> {
  const document = new Document({
    creator: 'Chi trả',
    title: 'Thư báo cho người hưởng',
    styles: { default: { document: { run: { font, size: size.text }, paragraph: { spacing: { after: 120 } } } } },
    sections: letters.map((letter) => ({
      properties: { page: { size: a4, margin } },
      children: [
        head(letter),
        ...title(letter),
        ...letter.paragraphs.map(paragraph),
        line(''),
        foot(letter),
        line(letter.mark, { small: true, italic: true }),
      ],
    })),
  });
  return new Uint8Array(await Packer.toBuffer(document));
}
