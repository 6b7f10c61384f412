/**
 * `npm run what-if -- --reading X3=flat-5 --parameter decree-154-2025/article-09.perYear=2`: what a reading or a number of
 * the law would change for everyone stored, beside today's. Nothing is written. `-- --json` gives one object.
 */
import { parseArgs } from 'node:util';
import { readUnits } from '../../../shared/case/unit.ts';
import { formatDong } from '../../../shared/dong.ts';
import { type Change, type WhatIf, whatIf } from '../../../shared/entitlement/what-if.ts';
import { parameterChange } from '../../../shared/law/parameters.ts';
import { noDesk } from '../home.ts';
import { readingsFrom } from './reading-options.ts';
import { openStored } from './stored.ts';

process.exitCode = await run();

async function run(): Promise<number> {
  const wish = wishFrom(process.argv.slice(2));
  if (typeof wish === 'string') return refuse(wish);
  const home = openStored();
  if (typeof home === 'string') return refuse(home);
  try {
    const ports = home.ports(noDesk);
    const result = await whatIf(wish.change, ports);
    if (wish.isJson) process.stdout.write(`${JSON.stringify(result)}\n`);
    else tell(result, new Map([...(await readUnits(ports.store))].map(([code, { name }]) => [code, name])));
    return 0;
  } finally {
    home.close();
  }
}

function wishFrom(args: readonly string[]): { readonly change: Change; readonly isJson: boolean } | string {
  let values: { reading?: string[]; parameter?: string[]; json?: boolean };
  try {
    const options = {
      reading: { type: 'string', multiple: true },
      parameter: { type: 'string', multiple: true },
      json: { type: 'boolean' },
    } as const;
    ({ values } = parseArgs({ args: [...args], options }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { reading = [], parameter = [], json = false } = values;
  if (reading.length + parameter.length === 0) return 'Hãy nêu --reading hoặc --parameter.';
  const readings = readingsFrom(reading);
  if (typeof readings === 'string') return readings;
  const parameters = [];
  for (const text of parameter) {
    const change = parameterChange(text);
    if ('vi' in change) return change.vi;
    parameters.push(change);
  }
  return { change: { readings, parameters }, isJson: json };
}

function tell({ people, total, byUnit, bySource, changed }: WhatIf, names: ReadonlyMap<string, string>): void {
  const line = (name: string, sums: WhatIf['total']) => {
    const difference = BigInt(sums.after) - BigInt(sums.today);
    const money = `${formatDong(BigInt(sums.today))} → ${formatDong(BigInt(sums.after))} đồng (${signed(difference)})`;
    process.stdout.write(`${name}: ${sums.people} người đổi, ${money}\n`);
  };
  process.stdout.write(`${people} người, ${changed.length} người có kết quả khác.\n`);
  line('Tất cả', total);
  for (const [source, sums] of Object.entries(bySource)) line(`Nguồn ${source}`, sums);
  for (const [unit, sums] of Object.entries(byUnit)) if (sums.people > 0) line(names.get(unit) ?? unit, sums);
  for (const { caseId, today, after } of changed) {
    process.stdout.write(`  ${caseId}: ${shown(today)} → ${shown(after)}\n`);
  }
}

function shown({ outcome, regime, total }: WhatIf['changed'][number]['today']): string {
  return outcome === 'entitled' ? `${regime} ${formatDong(BigInt(total))}` : outcome;
}

function signed(difference: bigint): string {
  return `${difference > 0n ? '+' : ''}${formatDong(difference)}`;
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 2;
}
