/**
 * Every file of the law by its name, for what must read all of it: the hash that each assessment carries, `npm run law`
 * and its page. A new file is added here; `test/shared/law/texts.test.ts` fails when one is not.
 */
import * as campaign from './campaign/campaign.ts';
import * as campaignReports from './campaign/reports-due.ts';
import * as circular01Article03 from './circular-01-2025/article-03.ts';
import * as decree11Forms from './decree-11-2020/forms.ts';
import * as decree135Annex1 from './decree-135-2020/annex-1.ts';
import * as decree135Annex2 from './decree-135-2020/annex-2.ts';
import * as decree135Decree from './decree-135-2020/decree.ts';
import * as decree154Article02 from './decree-154-2025/article-02.ts';
import * as decree154Article03 from './decree-154-2025/article-03.ts';
import * as decree154Article04 from './decree-154-2025/article-04.ts';
import * as decree154Article05 from './decree-154-2025/article-05.ts';
import * as decree154Article06 from './decree-154-2025/article-06.ts';
import * as decree154Article07 from './decree-154-2025/article-07.ts';
import * as decree154Article08 from './decree-154-2025/article-08.ts';
import * as decree154Article09 from './decree-154-2025/article-09.ts';
import * as decree154Article10 from './decree-154-2025/article-10.ts';
import * as decree154Decree from './decree-154-2025/decree.ts';
import * as decree177Decree from './decree-177-2024/decree.ts';
import * as decree178Article02 from './decree-178-2024/article-02.ts';
import * as decree178Article04 from './decree-178-2024/article-04.ts';
import * as decree178Article05 from './decree-178-2024/article-05.ts';
import * as decree178Article07 from './decree-178-2024/article-07.ts';
import * as decree178Article07a from './decree-178-2024/article-07a.ts';
import * as decree178Article07b from './decree-178-2024/article-07b.ts';
import * as decree178Article09 from './decree-178-2024/article-09.ts';
import * as decree178Article10 from './decree-178-2024/article-10.ts';
import * as decree178Decree from './decree-178-2024/decree.ts';
import * as decree29Article04 from './decree-29-2023/article-04.ts';
import * as decree29Article05 from './decree-29-2023/article-05.ts';
import * as decree29Article07 from './decree-29-2023/article-07.ts';
import * as decree29Article09 from './decree-29-2023/article-09.ts';
import * as decree29Article10 from './decree-29-2023/article-10.ts';
import * as decree29Decree from './decree-29-2023/decree.ts';
import * as decree33Article34 from './decree-33-2023/article-34.ts';
import * as decree67Decree from './decree-67-2025/decree.ts';
import * as decree73Article03 from './decree-73-2024/article-03.ts';
import * as labourCodeArticle112 from './labour-code-2019/article-112.ts';
import * as complaintsArticle09 from './law-on-complaints-2011/article-09.ts';
import * as complaintsArticle27 from './law-on-complaints-2011/article-27.ts';
import * as complaintsArticle28 from './law-on-complaints-2011/article-28.ts';
import * as complaintsArticle33 from './law-on-complaints-2011/article-33.ts';
import * as complaintsArticle37 from './law-on-complaints-2011/article-37.ts';
import * as complaintsLaw from './law-on-complaints-2011/law.ts';
import * as letter6383Limits from './letter-6383-2025/limits.ts';
import * as ngheAn21Allowances from './nghe-an-21-2023/allowances.ts';
import * as resolution07Resolution from './resolution-07-2025/resolution.ts';
import * as pension from './social-insurance/pension.ts';

/** A file's exports by name. Rows are `Dated`; what is no row is a citation, a day or a type of the text. */
export type LawFile = Readonly<Record<string, unknown>>;

export const lawFiles: Readonly<Record<string, LawFile>> = {
  'campaign/campaign': campaign,
  'campaign/reports-due': campaignReports,
  'circular-01-2025/article-03': circular01Article03,
  'decree-11-2020/forms': decree11Forms,
  'decree-135-2020/annex-1': decree135Annex1,
  'decree-135-2020/annex-2': decree135Annex2,
  'decree-135-2020/decree': decree135Decree,
  'decree-154-2025/article-02': decree154Article02,
  'decree-154-2025/article-03': decree154Article03,
  'decree-154-2025/article-04': decree154Article04,
  'decree-154-2025/article-05': decree154Article05,
  'decree-154-2025/article-06': decree154Article06,
  'decree-154-2025/article-07': decree154Article07,
  'decree-154-2025/article-08': decree154Article08,
  'decree-154-2025/article-09': decree154Article09,
  'decree-154-2025/article-10': decree154Article10,
  'decree-154-2025/decree': decree154Decree,
  'decree-177-2024/decree': decree177Decree,
  'decree-178-2024/article-02': decree178Article02,
  'decree-178-2024/article-04': decree178Article04,
  'decree-178-2024/article-05': decree178Article05,
  'decree-178-2024/article-07': decree178Article07,
  'decree-178-2024/article-07a': decree178Article07a,
  'decree-178-2024/article-07b': decree178Article07b,
  'decree-178-2024/article-09': decree178Article09,
  'decree-178-2024/article-10': decree178Article10,
  'decree-178-2024/decree': decree178Decree,
  'decree-29-2023/article-04': decree29Article04,
  'decree-29-2023/article-05': decree29Article05,
  'decree-29-2023/article-07': decree29Article07,
  'decree-29-2023/article-09': decree29Article09,
  'decree-29-2023/article-10': decree29Article10,
  'decree-29-2023/decree': decree29Decree,
  'decree-33-2023/article-34': decree33Article34,
  'decree-67-2025/decree': decree67Decree,
  'decree-73-2024/article-03': decree73Article03,
  'labour-code-2019/article-112': labourCodeArticle112,
  'law-on-complaints-2011/article-09': complaintsArticle09,
  'law-on-complaints-2011/article-27': complaintsArticle27,
  'law-on-complaints-2011/article-28': complaintsArticle28,
  'law-on-complaints-2011/article-33': complaintsArticle33,
  'law-on-complaints-2011/article-37': complaintsArticle37,
  'law-on-complaints-2011/law': complaintsLaw,
  'letter-6383-2025/limits': letter6383Limits,
  'nghe-an-21-2023/allowances': ngheAn21Allowances,
  'resolution-07-2025/resolution': resolution07Resolution,
  'social-insurance/pension': pension,
};
