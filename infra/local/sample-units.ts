/** Forty paying units with made-up names and codes. The first four are those of the list of 120. */
import type { Unit } from '../../shared/case/unit.ts';

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
const communes = [
  'Lam Thượng',
  'Nghi Bình Sơn',
  'Hương Khê Đông',
  'Yên Phú Lam',
  'Diễn Trường An',
  'Quỳnh Hải Đông',
  'Thanh Mỹ Giang',
  'Đô Lương Thượng',
  'Tân Xuân Lam',
  'Nam Sơn Hạ',
  'Hưng Đạo Phú',
  'Nghĩa Hòa Đông',
  'Quỳ Sơn Tây',
  'Con Phúc Bình',
  'Tương Giang Thượng',
  'Kỳ Long Sơn',
  'Mai Lâm Đông',
  'Phú Thọ Giang',
  'Đông Thành Lam',
  'Bạch Ngọc Hạ',
  'Cát Văn Đông',
  'Vân Tụ Sơn',
] as const;
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
  'Đảng ủy xã Lam Thượng',
  'Đảng ủy xã Nghi Bình Sơn',
] as const;

const named: readonly Pick<SampleUnit & { name: string }, 'name' | 'kind'>[] = [
  ...departments.slice(0, 2).map((name) => ({ name, kind: 'department' }) as const),
  ...communes.slice(0, 2).map((name) => ({ name: `UBND xã ${name}`, kind: 'commune' }) as const),
  ...departments.slice(2).map((name) => ({ name, kind: 'department' }) as const),
  ...parties.map((name) => ({ name, kind: 'party' }) as const),
  ...services.map((name) => ({ name, kind: 'service' }) as const),
  ...communes.slice(2).map((name) => ({ name: `UBND xã ${name}`, kind: 'commune' }) as const),
];

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
    },
  };
});

/** Provincial bodies have chapters of the 400s and 500s, communes of the 800s. */
function chapterOf(kind: SampleUnit['kind'], index: number): string {
  if (kind === 'commune') return '805';
  return String((kind === 'party' ? 509 : 412) + index);
}

/** A unit that no clerk of the demonstration works for. */
export const outsideUnit: Unit = {
  code: '1099999',
  name: 'UBND xã Hạnh Lâm Thượng',
  block: 'government',
  level: 'commune',
  source: 'wage-reform',
  chapter: '805',
  treasuryAccount: '9523.3.1099999',
};
