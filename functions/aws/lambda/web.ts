import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { pagesOf } from '../pages.ts';
import { home } from './process.ts';

let pages: ReturnType<typeof pagesOf> | undefined;

/** A start that failed is tried again by the next request. */
function opened() {
  return (pages ??= pagesOf(home()).catch((error: unknown) => {
    pages = undefined;
    throw error;
  }));
}

export async function handler(event: LambdaEvent, context: LambdaContext): Promise<unknown> {
  return handle(await opened())(event, context);
}
