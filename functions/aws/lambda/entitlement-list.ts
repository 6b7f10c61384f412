import { listTaskOver } from '../parts-list.ts';
import { setting } from '../settings.ts';
import { home } from './process.ts';

const lists = () => ({ client: home().s3, bucket: setting(home().settings, 'LISTS_BUCKET') });

export const handler = listTaskOver(lists)(async () => home().ports);
