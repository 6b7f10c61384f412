import type { Ratio } from '../../dong.ts';
import type { Sentence } from '../../vietnamese.ts';
import { citeWhole, type Dated, type LegalText } from '../dated.ts';

export const resolution21: LegalText = {
  vi: 'Nghị quyết 21/2023/NQ-HĐND của HĐND tỉnh Nghệ An',
  en: "Resolution 21/2023/NQ-HĐND of Nghệ An's People's Council",
  inForce: '2024-01-01',
};

/** A title of the communes' part-timers, and how many times the base salary it is paid. */
export interface TitleAllowance {
  readonly title: Sentence;
  readonly multiple: Ratio;
}

/** The monthly allowance by title. It includes the support for social and health insurance. */
export const allowances: readonly Dated<readonly TitleAllowance[]>[] = [
  {
    from: '2024-01-01',
    value: [
      {
        title: { vi: 'Các chức danh không chuyên trách cấp xã', en: 'Part-time titles of the communes' },
        multiple: { of: 3n, per: 2n },
      },
      {
        title: {
          vi: 'Phó Chỉ huy (Phó ban) bảo vệ dân phố phường, thị trấn',
          en: 'Deputy head of civil protection of a ward or town',
        },
        multiple: { of: 13n, per: 10n },
      },
    ],
    by: citeWhole(resolution21),
    sure: 'C-1',
    open: 'O1',
  },
];
