/**
 * Forty paying units with made-up codes: communes of the province by their real names, other bodies made up. The first
 * four are those of the list of 120.
 */
import { communes as allCommunes } from '../../shared/case/communes.ts';
import type { Reorganisation } from '../../shared/case/reorganisation.ts';
import type { Unit, UnitKind } from '../../shared/case/unit.ts';

export interface SampleUnit {
  readonly unit: Unit;
  readonly kind: 'department' | 'commune' | 'party' | 'service';
}

const departments = [
  'Sở Quy hoạch và Kiến thiết',
  'Sở Tài sản công và Vật giá',
  'Sở Thủy lợi và Đê điều',
  'Sở Thương nghiệp và Dịch vụ',
  'Sở Lâm nghiệp miền Tây',
  'Ban Quản lý các khu công nghệ phía Nam',
  'Ban Phát triển vùng Tây Nghệ',
  'Văn phòng Điều phối nông thôn tỉnh',
] as const;
const communes = allCommunes.filter(({ name }) => name.startsWith('Xã ')).map(({ name }) => name.slice('Xã '.length));
const services = [
  'Trung tâm Dịch vụ cây trồng tỉnh',
  'Trung tâm Kỹ thuật đo đạc tỉnh',
  'Nhà Văn hóa các dân tộc miền Tây',
  'Trung tâm Dữ liệu nông thôn tỉnh',
  'Đoàn Điều dưỡng người có công tỉnh',
] as const;
const parties = [
  'Ban Nghiên cứu lịch sử Đảng tỉnh',
  'Đảng ủy khối Dịch vụ công tỉnh',
  'Văn phòng Hội đồng đoàn thể tỉnh',
  'Ban Công tác dân vận vùng miền Tây',
  'Trung tâm Báo chí của Đảng bộ tỉnh',
] as const;

const named: readonly Pick<SampleUnit & { name: string }, 'name' | 'kind'>[] = [
  ...departments.slice(0, 2).map((name) => ({ name, kind: 'department' }) as const),
  ...communes.slice(0, 2).map((name) => ({ name: `UBND xã ${name}`, kind: 'commune' }) as const),
  ...departments.slice(2).map((name) => ({ name, kind: 'department' }) as const),
  ...parties.map((name) => ({ name, kind: 'party' }) as const),
  ...services.map((name) => ({ name, kind: 'service' }) as const),
  ...communes.slice(2, 22).map((name) => ({ name: `UBND xã ${name}`, kind: 'commune' }) as const),
];

const kindOf: Readonly<Record<SampleUnit['kind'], UnitKind>> = {
  department: 'department',
  commune: 'commune',
  party: 'party-body',
  service: 'public-service',
};

export const units: readonly SampleUnit[] = named.map(({ name, kind }, index) => {
  const code = String(1_094_107 + index * 131);
  return {
    kind,
    unit: {
      code,
      name,
      block: kind === 'party' ? 'party' : 'government',
      // The first commune is paid from the province, so that one batch holds three of the first four units.
      level: kind === 'commune' && index > 2 ? 'commune' : 'provincial',
      source: kind === 'service' ? 'regular' : 'wage-reform',
      chapter: chapterOf(kind, index),
      treasuryAccount: `9523.3.${code}`,
      kind: kindOf[kind],
      hasChiefAccountant: true,
      hasSpecimens: true,
      ...(kind === 'service' ? { autonomy: '3' as const } : {}),
    },
  };
});

/** Made up: what reorganised the departments, services and Party bodies of the sample. */
export const sampleReorganisations: readonly Reorganisation[] = [
  {
    number: '905/NQ-HĐND (mẫu)',
    on: '2025-02-20',
    effectiveOn: '2025-03-01',
    title: 'Sắp xếp các cơ quan chuyên môn và đơn vị sự nghiệp thuộc tỉnh (văn bản giả định)',
    bodies: [...departments, ...services],
  },
  {
    number: '906-QĐ/TU (mẫu)',
    on: '2025-02-20',
    effectiveOn: '2025-03-01',
    title: 'Sắp xếp các cơ quan của Đảng, Mặt trận, đoàn thể tỉnh (văn bản giả định)',
    bodies: [...parties],
  },
];

/** Provincial bodies have chapters of the 400s and 500s, communes of the 800s. */
function chapterOf(kind: SampleUnit['kind'], index: number): string {
  if (kind === 'commune') return '805';
  return String((kind === 'party' ? 509 : 412) + index);
}

/** A unit that no clerk of the demonstration works for. */
export const outsideUnit: Unit = {
  code: '1099999',
  name: `UBND xã ${communes.at(-1) ?? ''}`,
  block: 'government',
  level: 'commune',
  source: 'wage-reform',
  chapter: '805',
  treasuryAccount: '',
  kind: 'commune',
  hasChiefAccountant: false,
  hasSpecimens: false,
};
