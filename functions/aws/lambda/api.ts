import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { apiOf } from '../api.ts';
import { home } from './process.ts';

let app: ReturnType<typeof apiOf> | undefined;

export async function handler(event: LambdaEvent, context: LambdaContext): Promise<unknown> {
  app ??= apiOf(home());
  return handle(app)(event, context);
}
