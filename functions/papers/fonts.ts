/** The four looks of Tinos, which has the widths of Times New Roman, as the writers of PDF take them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { plainFont } from './plain-font.ts';

export const tinosLooks = {
  normal: '400Regular',
  bold: '700Bold',
  italics: '400Regular_Italic',
  bolditalics: '700Bold_Italic',
};

const folder = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/package.json'));

export function tinosFile(look: string): Buffer {
  return plainFont(readFileSync(join(folder, look, `Tinos_${look}.ttf`)));
}
