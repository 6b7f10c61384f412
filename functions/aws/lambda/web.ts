import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import type { Hono } from 'hono';
import { pagesOf } from '../pages.ts';
import { home } from './process.ts';

let app: Promise<Hono> | undefined;

export async function handler(event: LambdaEvent, context: LambdaContext): Promise<unknown> {
  app ??= pagesOf(home());
  return handle(await app)(event, context);
}
