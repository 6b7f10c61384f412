/** Two kinds of fault; everything expected is an outcome instead. The workflow's one ladder retries the first. */
export class Transient extends Error {
  override readonly name = 'Transient';
}

/** Not retried; alarms. */
export class Permanent extends Error {
  override readonly name = 'Permanent';
}
