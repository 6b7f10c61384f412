/** A mail as it is sent: plain text and HTML with the same words and the same address, the same in both homes. */
import type { Mail } from '../shared/case/ports.ts';

type Words = Pick<Mail, 'subject' | 'lines' | 'button' | 'footer'> & {
  /** Shown as a list after the paragraphs. */
  readonly items?: readonly string[];
};

export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** One mail goes out as itself, several as one that lists what each asks and leads to “Việc của tôi”. */
export function mailText(mails: readonly Words[], publicUrl: string): MailText {
  const [only] = mails;
  return textOf(mails.length === 1 && only !== undefined ? only : digestOf(mails, publicUrl));
}

function digestOf(mails: readonly Words[], publicUrl: string): Words {
  return {
    subject: `[Chi trả] ${mails.length} việc đang chờ đồng chí`,
    lines: [`${mails.length} việc đang chờ đồng chí trên hệ thống:`],
    items: mails.map(({ lines }) => lines[0] ?? ''),
    button: { label: 'Mở “Việc của tôi”', url: `${publicUrl}/` },
    footer: [...new Set(mails.flatMap(({ footer }) => footer))],
  };
}

function textOf({ subject, lines, items = [], button, footer }: Words): MailText {
  const listed = items.length === 0 ? [] : [items.map((item) => `- ${item}`).join('\n')];
  return {
    subject,
    text: [...lines, ...listed, `${button.label}:\n${button.url}`, ...footer].join('\n\n'),
    html: htmlOf({ subject, lines, items, button, footer }),
  };
}

const quiet = 'color:#51606b;font-size:14px;line-height:1.5;margin:0 0 12px';

/** No table, no picture, nothing fetched: it reads the same in an old mail program and aloud. */
function htmlOf({ subject, lines, items = [], button, footer }: Words): string {
  const url = escaped(button.url);
  const list = items.map((item) => `<li style="margin:0 0 8px">${escaped(item)}</li>`).join('\n');
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(subject)}</title>
</head>
<body style="margin:0;padding:16px;background:#f4f6f8;color:#16222b;font-family:'Segoe UI',Roboto,Arial,sans-serif;font-size:16px;line-height:1.5">
<main style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border:1px solid #d5dbe0">
<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">${escaped(subject)}</h1>
${lines.map((line) => `<p style="margin:0 0 12px">${escaped(line)}</p>`).join('\n')}
${list === '' ? '' : `<ul style="margin:0 0 12px;padding-left:20px">\n${list}\n</ul>\n`}<p style="margin:24px 0 12px"><a href="${url}" style="display:inline-block;padding:12px 24px;background:#0b4f6c;color:#ffffff;font-weight:bold;text-decoration:none;border-radius:3px">${escaped(button.label)}</a></p>
<p style="${quiet};overflow-wrap:anywhere;border-bottom:1px solid #d5dbe0;padding-bottom:16px">${url}</p>
${footer.map((line) => `<p style="${quiet}">${escaped(line)}</p>`).join('\n')}
</main>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? '');
}
