import { listTaskOver } from '../parts-list.ts';
import { listing } from './process.ts';

export const handler = listing(listTaskOver);
