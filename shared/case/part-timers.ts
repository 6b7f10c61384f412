/**
 * Part-time workers of communes and villages (người hoạt động không chuyên trách): Decree 154/2025 art. 9, 10; Decree 29/2023 art. 9.
 * They are few beside the others, and wait longest: wherever people are counted for leadership, they are counted apart too.
 */
const partTimerRegimes: readonly string[] = ['154/9', '154/10', '29/9'];

export function isPartTimer(regime: string): boolean {
  return partTimerRegimes.includes(regime);
}
