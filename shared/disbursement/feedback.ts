/** The sheet that goes back to the sender: every line of their file in its order, with what became of it here. */
import type { PaperSheet } from '../case/paper-sheet.ts';
import { formatDong } from '../dong.ts';
import { type ClassedLine, classNames, classToDo, outcomeWords } from './result-classes.ts';
import type { ImportOf } from './result-import.ts';

/** Takes the code of the batch, where the file was imported at one. No name or account stands in it. */
export function feedbackSheet(of: ImportOf, lines: readonly ClassedLine[], batchCode?: string): PaperSheet {
  const matched = lines.filter((line) => line.class === 'matched').length;
  return {
    name: 'Phan hoi',
    landscape: true,
    title: [
      'PHẢN HỒI KẾT QUẢ ĐỐI CHIẾU',
      ...(of.sender === undefined ? [] : [`Kính gửi: ${of.sender}`]),
      ...(batchCode === undefined ? [] : [`Mã đợt: ${batchCode}`]),
      `Tệp có ${lines.length} dòng, tổng ${formatDong(BigInt(of.total))} đồng; đã ghi ${matched} dòng, ${lines.length - matched} dòng khác có giải thích.`,
    ],
    columns: [
      { heading: 'Dòng', width: 7, kind: 'number' },
      { heading: 'Mã khoản chi', width: 18, kind: 'text' },
      { heading: 'Số tiền', width: 17, kind: 'money' },
      { heading: 'Kết quả', width: 22, kind: 'text' },
      { heading: 'Ngày', width: 12, kind: 'date' },
      { heading: 'Lý do', width: 24, kind: 'text' },
      { heading: 'Đối chiếu', width: 22, kind: 'text' },
      { heading: 'Giải thích', width: 44, kind: 'text' },
      { heading: 'Cần làm gì', width: 44, kind: 'text' },
    ],
    rows: lines.map((line) => [
      String(line.row),
      line.reference,
      line.amount ?? null,
      line.outcome === undefined ? null : outcomeWords[line.outcome],
      line.on ?? null,
      line.reason ?? null,
      classNames[line.class].vi,
      line.says?.vi ?? null,
      line.class === 'matched' ? null : classToDo[line.class].vi,
    ]),
  };
}
