import { fundTaskOver } from '../parts-list.ts';
import { listing } from './process.ts';

export const handler = listing(fundTaskOver);
