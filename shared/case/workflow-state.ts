/** What a workflow step receives and returns. No list, no person, no sum: those stay in the store. */
import * as z from 'zod';

export const workflowState = z.object({
  batchId: z.string(),
  /** What the last step says must come next; the choices of the state machine read it. */
  next: z.enum(['recompute', 'confirmation', 'provincial-decision', 'order', 'follow', 'report', 'release']).optional(),
});
export type WorkflowState = z.infer<typeof workflowState>;

/** A Map over a batch's parts hands each child a slice of them. */
export const slice = z.object({
  BatchInput: z.object({ batchId: z.string() }),
  Items: z.array(z.string()),
});
export type Slice = z.infer<typeof slice>;

/** A step that waits gets the token with which it will be woken. */
export const waitingState = workflowState.extend({ token: z.string() });
export type WaitingState = z.infer<typeof waitingState>;
