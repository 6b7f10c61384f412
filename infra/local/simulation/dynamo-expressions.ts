/** The few expressions that the store's adapter writes, read as DynamoDB would; any other is refused. */
import * as z from 'zod';

type Item = Readonly<Record<string, unknown>>;

export interface Expression {
  readonly ExpressionAttributeNames: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues: Readonly<Record<string, unknown>>;
}

/** `attribute_not_exists(#a)`, `#a = :v`, `#a IN (:v, …)`, joined by OR. */
export function holds(
  { ConditionExpression, ...given }: Expression & { readonly ConditionExpression?: string | undefined },
  item: Item | undefined,
): boolean {
  if (ConditionExpression === undefined) return true;
  return ConditionExpression.split(' OR ').some((term) => {
    const missingOne = /^attribute_not_exists\((#\w+)\)$/.exec(term);
    if (missingOne !== null) return item?.[nameOf(missingOne[1], given)] === undefined;
    const [, name, one, several] = /^(#\w+) (?:= (:\w+)|IN \(([^)]+)\))$/.exec(term) ?? unknownTerm(term);
    const wanted = (several?.split(', ') ?? [one]).map((value) => given.ExpressionAttributeValues[value ?? '']);
    return item !== undefined && wanted.includes(item[nameOf(name, given)]);
  });
}

/** `#a = :v`, and for an index `#a = :v AND #stream > :after`. */
export function keysOf(given: Expression & { readonly KeyConditionExpression: string }): {
  readonly partition: string;
  readonly after: string | undefined;
} {
  const term = given.KeyConditionExpression;
  const [, partition, after] = /^#\w+ = (:\w+)(?: AND #\w+ > (:\w+))?$/.exec(term) ?? unknownTerm(term);
  const textOf = (name: string | undefined) => z.string().parse(given.ExpressionAttributeValues[name ?? '']);
  return { partition: textOf(partition), after: after === undefined ? undefined : textOf(after) };
}

function nameOf(placeholder: string | undefined, { ExpressionAttributeNames }: Expression): string {
  return ExpressionAttributeNames[placeholder ?? ''] ?? unknownTerm(String(placeholder));
}

function unknownTerm(term: string): never {
  throw fault('ValidationException', `the double does not know ${term}`);
}

export function fault(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
