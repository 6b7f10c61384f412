/**
 * What the workflow and the desk that begins it must both know. With this an execution ends that was given a word its definition does
 * not have: a redrive keeps the definition that the execution began with, so only another execution learns the word.
 */
export const unknownWord = 'UnknownWord';
