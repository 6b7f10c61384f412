/** Words to send to a unit with a list that comes back: every fault at once, by cell; nobody is named. */
import type { Fault } from './list-faults.ts';
import type { ListReading } from './read-list.ts';

/** Faults that are written out; the marked file has them all. */
const mostInLetter = 100;

/** Vietnamese text, ready to be sent. */
export function returnLetter({
  faults,
  people,
  rowsRead,
}: Pick<ListReading, 'faults' | 'people' | 'rowsRead'>): string {
  const rows = new Set(faults.map(({ sheet, row }) => `${sheet}/${row}`)).size;
  const bySheet = [...Map.groupBy(faults.slice(0, mostInLetter), ({ sheet }) => sheet)];
  const left = faults.length - mostInLetter;
  return [
    'Kính gửi đơn vị,',
    '',
    `Danh sách đề nghị giải quyết chế độ đã được kiểm tra: ${rowsRead} người, trong đó ${people.length} người không có lỗi; còn ${faults.length} lỗi ở ${rows} dòng. Đề nghị đơn vị sửa tất cả các lỗi sau đây rồi gửi lại danh sách. Những người không có lỗi được giải quyết ngay, không phải chờ.`,
    '',
    ...bySheet.flatMap(([sheet, own]) => [`Sheet «${sheet}»:`, ...own.map(letterLine), '']),
    ...(left > 0 ? [`Còn ${left} lỗi nữa, xem trong tệp đã đánh dấu gửi kèm.`, ''] : []),
    'Các ô có lỗi được tô màu trong tệp gửi kèm; cột “Cần sửa” ghi rõ lý do. Xin cảm ơn.',
  ].join('\n');
}

function letterLine({ column, why }: Fault): string {
  return `- ${column}. ${why.vi}`;
}
