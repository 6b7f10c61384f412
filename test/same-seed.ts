/**
 * Properties draw new examples at each run of a developer, and the same ones on a build machine, so that what turns red
 * there is what was changed. `CI=true npm test` repeats its run.
 */
import * as fc from 'fast-check';

if (process.env['CI'] === 'true') fc.configureGlobal({ seed: 20_250_831 });
