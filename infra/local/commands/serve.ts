/** The server alone, for the bench: says its address to its parent, and stops with it. Takes the data folder. */
import { join } from 'node:path';
import { startServer } from '../server.ts';

const directory = process.argv[2] ?? '';
const server = await startServer({
  port: 0,
  dataDirectory: join(directory, 'data'),
  keyDirectory: join(directory, 'keys'),
  seed: 'bench',
});
process.once('disconnect', () => void server.stop().then(() => process.exit(0)));
process.send?.(server.url);
