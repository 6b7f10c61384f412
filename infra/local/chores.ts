/** What is done by the clock beside everything else. */

/** Each in turn; one that fails, as when the disk is full for a moment, is told of and stops no other. Never rejects. */
export async function doEach(chores: readonly (() => unknown)[], report: (error: unknown) => void): Promise<void> {
  for (const chore of chores) {
    try {
      await chore();
    } catch (error) {
      report(error);
    }
  }
}
