/** The stored province of DATA_DIR and KEY_DIR, for commands that read it beside a running server or without one. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Home, openHome } from '../home.ts';

/** Answers a sentence when there are no data: a command that reads must not make any. */
export function openStored(): Home | string {
  const { DATA_DIR = 'data', KEY_DIR = 'keys' } = process.env;
  if (!existsSync(resolve(DATA_DIR, 'histories.sqlite'))) {
    return `Không có dữ liệu ở ${DATA_DIR}. Hãy đặt DATA_DIR và KEY_DIR như khi chạy npm start.`;
  }
  return openHome({ dataDirectory: resolve(DATA_DIR), keyDirectory: resolve(KEY_DIR), publicUrl: '' });
}
