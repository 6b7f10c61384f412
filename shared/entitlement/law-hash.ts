/** A hash over every number of the law that a computation can read, and over its formulas' edition. */
import { hashOf } from '../hash.ts';
import * as campaign from '../law/campaign/campaign.ts';
import * as circular from '../law/circular-01-2025/article-03.ts';
import * as annex1 from '../law/decree-135-2020/annex-1.ts';
import * as annex2 from '../law/decree-135-2020/annex-2.ts';
import * as decree135 from '../law/decree-135-2020/decree.ts';
import * as article2 from '../law/decree-178-2024/article-02.ts';
import * as article4 from '../law/decree-178-2024/article-04.ts';
import * as article5 from '../law/decree-178-2024/article-05.ts';
import * as article7 from '../law/decree-178-2024/article-07.ts';
import * as article9 from '../law/decree-178-2024/article-09.ts';
import * as article10 from '../law/decree-178-2024/article-10.ts';
import * as baseSalary from '../law/decree-73-2024/article-03.ts';
import * as letter6383 from '../law/letter-6383-2025/limits.ts';
import * as pension from '../law/social-insurance/pension.ts';

/** Raised by hand when a formula changes and no number does, so that the hash tells the computations apart. */
const formulaEdition = 1;

/** The law data by file. */
const law = {
  article2: { ...article2 },
  article4: { ...article4 },
  article5: { ...article5 },
  article7: { ...article7 },
  article9: { ...article9 },
  article10: { ...article10 },
  annex1: { ...annex1 },
  annex2: { ...annex2 },
  decree135: { ...decree135, age: undefined },
  baseSalary: { ...baseSalary },
  campaign: { ...campaign },
  circular: { ...circular },
  letter6383: { ...letter6383 },
  pension: { ...pension },
};

export const lawHash: string = hashOf({ formulaEdition, law });
