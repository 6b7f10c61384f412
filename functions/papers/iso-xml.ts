/**
 * An ISO 20022 message → a tree that is read by local names. No value is guessed (`0401` stays text), no entity is
 * expanded beyond the five of XML itself, and what is not whole is refused.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { type Refused, refused } from '../../shared/case/ports.ts';
import { tidy } from '../../shared/vietnamese.ts';
import { mostFileMegabytes } from './sheet.ts';

/** The messages that bring results; any version of each. */
export type Message = 'pain.002' | 'camt.053' | 'camt.054';

export interface IsoDocument {
  readonly outcome: 'message';
  readonly message: Message;
  readonly document: Element;
}

/** An element's children and text, by local name. */
export type Element = Readonly<Record<string, unknown>>;

const repeated: ReadonlySet<string> = new Set([
  'Stmt',
  'Ntfctn',
  'Ntry',
  'NtryDtls',
  'TxDtls',
  'OrgnlPmtInfAndSts',
  'TxInfAndSts',
  'StsRsnInf',
  'AddtlInf',
  'Ustrd',
]);
const parser = new XMLParser({
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  isArray: (name) => repeated.has(name),
});

/** Whether the file is XML at all: known by its first sign, never by its name. */
export function isXml(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 64))
    .toString('latin1')
    .replaceAll('\0', '')
    .replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '')
    .trimStart()
    .startsWith('<');
}

/** Refuses with what is wrong and what to do; never throws for a bad file. */
export function readIso(bytes: Uint8Array): IsoDocument | Refused {
  if (bytes.length > mostFileMegabytes * 1024 * 1024) {
    return refused(
      `Tệp lớn hơn ${mostFileMegabytes} MB. Hãy đề nghị bên gửi chia thành nhiều tệp.`,
      `The file is over ${mostFileMegabytes} MB. Ask the sender for several files.`,
    );
  }
  const text = textOf(bytes);
  if (text === undefined || /<!(?:DOCTYPE|ENTITY)/i.test(text)) return notSafe;
  const message = messageOf(text);
  if (message === undefined) return notKnown;
  try {
    if (XMLValidator.validate(text) !== true) return notWhole;
    const tree: unknown = parser.parse(text);
    const document = documentIn(tree);
    return document === undefined ? notKnown : { outcome: 'message', message, document };
  } catch {
    return notWhole;
  }
}

const notSafe = refused(
  'Tệp XML không dùng Unicode, hoặc có phần khai báo (DOCTYPE, ENTITY) mà điện ISO 20022 không bao giờ có. Không mở tệp này; hãy lấy lại tệp từ bên gửi.',
  'The XML is not in Unicode, or declares what no ISO 20022 message declares (DOCTYPE, ENTITY). It is not opened; fetch it again from the sender.',
);
const notKnown = refused(
  'Tệp XML này không phải điện kết quả pain.002, sao kê camt.053 hay báo nợ, báo có camt.054 theo ISO 20022. Hãy đề nghị bên gửi xuất đúng loại.',
  'The XML is none of the ISO 20022 messages pain.002, camt.053, camt.054. Ask the sender for one of these.',
);
export const notWhole = refused(
  'Tệp XML bị hỏng hoặc bị cắt giữa chừng. Chưa có gì được ghi nhận; hãy lấy lại tệp từ bên gửi.',
  'The XML is damaged or cut. Nothing was recorded; fetch it again from the sender.',
);

function textOf(bytes: Uint8Array): string | undefined {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    const declared = /^\s*<\?xml[^>]*encoding=["']([^"']+)["']/i.exec(text)?.[1];
    return declared === undefined || /^(?:utf-?(?:8|16)|us-ascii)$/i.test(declared) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** By the namespace of the element `Document`, which is looked up under whatever prefix it has. */
function messageOf(text: string): Message | undefined {
  const root = /<(?:([\w.-]+):)?Document\b([^>]*)>/.exec(text);
  const prefix = root?.[1];
  const declared = new RegExp(`xmlns${prefix === undefined ? '' : `:${prefix}`}=["']([^"']+)["']`);
  const namespace = declared.exec(root?.[2] ?? '')?.[1] ?? '';
  const found = /^urn:iso:std:iso:20022:tech:xsd:(pain\.002|camt\.053|camt\.054)\.001\.\d{2}$/.exec(namespace)?.[1];
  return (['pain.002', 'camt.053', 'camt.054'] as const).find((message) => message === found);
}

/** At the top, or in the envelope that carries a business header. */
function documentIn(tree: unknown): Element | undefined {
  const top = elementOf(tree);
  const envelopes = top === undefined ? [] : Object.values(top).map(elementOf);
  return [top, ...envelopes].map((one) => elementOf(one?.['Document'])).find((one) => one !== undefined);
}

function elementOf(value: unknown): Element | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

/** The child reached by the names, the first of each; `undefined` when there is none with children or attributes. */
export function child(of: Element | undefined, ...names: readonly string[]): Element | undefined {
  let found = of;
  for (const name of names) found = childrenOf(found, name)[0];
  return found;
}

export function childrenOf(of: Element | undefined, name: string): readonly Element[] {
  const value = of?.[name];
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.map(elementOf).filter((one) => one !== undefined);
}

const five = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' } as const;

/** The text at the end of the names; '' when there is none. */
export function textAt(of: Element | undefined, ...names: readonly string[]): string {
  const last = names.at(-1) ?? '#text';
  const value: unknown = child(of, ...names.slice(0, -1))?.[last];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  const text = typeof first === 'string' ? first : elementOf(first)?.['#text'];
  if (typeof text !== 'string') return '';
  return tidy(Object.entries(five).reduce((plain, [entity, character]) => plain.replaceAll(entity, character), text));
}
