/** How the payouts of a list are grouped: by what is paid and under which text, in the order of the texts. */
const names: Readonly<Record<string, string>> = {
  '178/7': 'Nghỉ hưu trước tuổi (Nghị định 178/2024/NĐ-CP, Điều 7)',
  '178/7a': 'Nghỉ hưu trước tuổi (Nghị định 178/2024/NĐ-CP, Điều 7a)',
  '178/7b': 'Cán bộ không tái cử nghỉ hưu trước tuổi (Nghị định 178/2024/NĐ-CP, Điều 7b)',
  '178/9': 'Nghỉ thôi việc (Nghị định 178/2024/NĐ-CP, Điều 9)',
  '178/10': 'Nghỉ thôi việc (Nghị định 178/2024/NĐ-CP, Điều 10)',
  '154/6': 'Nghỉ hưu trước tuổi do tinh giản biên chế (Nghị định 154/2025/NĐ-CP, Điều 6)',
  '154/7': 'Chuyển sang tổ chức ngoài ngân sách (Nghị định 154/2025/NĐ-CP, Điều 7)',
  '154/8': 'Thôi việc do tinh giản biên chế (Nghị định 154/2025/NĐ-CP, Điều 8)',
  '154/9': 'Người hoạt động không chuyên trách cấp xã (Nghị định 154/2025/NĐ-CP, Điều 9)',
  '154/10': 'Người hoạt động không chuyên trách ở thôn, tổ dân phố (Nghị định 154/2025/NĐ-CP, Điều 10)',
  '29/5': 'Nghỉ hưu trước tuổi (Nghị định 29/2023/NĐ-CP, Điều 5)',
  '29/7': 'Thôi việc (Nghị định 29/2023/NĐ-CP, Điều 7)',
  '29/9': 'Người hoạt động không chuyên trách (Nghị định 29/2023/NĐ-CP, Điều 9)',
  '07/NQ-CP': 'Người quá tuổi nghỉ hưu (Nghị quyết 07/2025/NQ-CP)',
};
const order = Object.keys(names);

/** Takes a regime; one that is not known is a payout by the decision alone. */
export function payoutKind(regime: string): string {
  return names[regime] ?? 'Chi trả chế độ theo quyết định';
}

export function comparePayoutKinds(one: string, other: string): number {
  return placeOf(one) - placeOf(other);
}

/** Those that are not known come last. */
function placeOf(regime: string): number {
  const place = order.indexOf(regime);
  return place < 0 ? order.length : place;
}
