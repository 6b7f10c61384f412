import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { home } from './process.ts';

export async function handler(event: LambdaEvent, context: LambdaContext): Promise<unknown> {
  return handle(await home().api())(event, context);
}
