/**
 * The 119 communes and 11 wards of Nghệ An since 01/07/2025, and the 412 communes, wards and towns they took the place of:
 * Resolution 1678/NQ-UBTVQH15 of 16/06/2025. Names from two public collections that agree on all 130; the old names are
 * those of the last list before it, and each went into one new unit only.
 */
import { fold } from '../vietnamese.ts';

export interface Commune {
  /** `Xã Anh Sơn`, `Phường Cửa Lò`. */
  readonly name: string;
  /** The district of the old ones, which ended on 30/06/2025. */
  readonly formerDistrict: string;
  readonly formedFrom: readonly string[];
}

/** The document that formed them, and the day from which they work. */
export const communesFormed = { number: '1678/NQ-UBTVQH15', on: '2025-06-16', effectiveOn: '2025-07-01' } as const;

/** Name | former district | formed from. */
const stated = `
Phường Thành Vinh | Thành phố Vinh | Phường Cửa Nam, Phường Đông Vĩnh, Phường Hưng Bình, Phường Lê Lợi, Phường Quang Trung, Xã Hưng Chính
Phường Trường Vinh | Thành phố Vinh | Phường Bến Thủy, Phường Hưng Dũng, Phường Hưng Phúc, Phường Trung Đô, Phường Trường Thi, Phường Vinh Tân, Xã Hưng Hòa
Phường Vinh Phú | Thành phố Vinh | Phường Hà Huy Tập, Phường Nghi Đức, Phường Nghi Phú, Xã Nghi Ân
Phường Vinh Lộc | Thành phố Vinh | Phường Hưng Lộc, Xã Nghi Phong, Xã Nghi Thái, Xã Nghi Xuân, Xã Phúc Thọ
Phường Cửa Lò | Thành phố Vinh | Phường Nghi Hải, Phường Nghi Hòa, Phường Nghi Hương, Phường Nghi Tân, Phường Nghi Thu, Phường Nghi Thủy, Phường Thu Thủy
Xã Quế Phong | Huyện Quế Phong | Thị trấn Kim Sơn, Xã Châu Kim, Xã Mường Nọc, Xã Nậm Giải
Xã Thông Thụ | Huyện Quế Phong | Xã Đồng Văn, Xã Thông Thụ
Xã Tiền Phong | Huyện Quế Phong | Xã Hạnh Dịch, Xã Tiền Phong
Xã Tri Lễ | Huyện Quế Phong | Xã Nậm Nhoóng, Xã Tri Lễ
Xã Mường Quàng | Huyện Quế Phong | Xã Cắm Muộn, Xã Châu Thôn, Xã Quang Phong
Xã Quỳ Châu | Huyện Quỳ Châu | Thị trấn Tân Lạc, Xã Châu Hạnh, Xã Châu Hội, Xã Châu Nga
Xã Châu Tiến | Huyện Quỳ Châu | Xã Châu Bính, Xã Châu Thắng, Xã Châu Thuận, Xã Châu Tiến
Xã Hùng Chân | Huyện Quỳ Châu | Xã Châu Hoàn, Xã Châu Phong, Xã Diên Lãm
Xã Châu Bình | Huyện Quỳ Châu | Xã Châu Bình
Xã Mường Xén | Huyện Kỳ Sơn | Thị trấn Mường Xén, Xã Tà Cạ, Xã Tây Sơn
Xã Mỹ Lý | Huyện Kỳ Sơn | Xã Mỹ Lý
Xã Bắc Lý | Huyện Kỳ Sơn | Xã Bắc Lý
Xã Keng Đu | Huyện Kỳ Sơn | Xã Keng Đu
Xã Huồi Tụ | Huyện Kỳ Sơn | Xã Huồi Tụ
Xã Mường Lống | Huyện Kỳ Sơn | Xã Mường Lống
Xã Na Loi | Huyện Kỳ Sơn | Xã Đoọc Mạy, Xã Na Loi
Xã Nậm Cắn | Huyện Kỳ Sơn | Xã Nậm Cắn, Xã Phà Đánh
Xã Hữu Kiệm | Huyện Kỳ Sơn | Xã Bảo Nam, Xã Hữu Kiệm, Xã Hữu Lập
Xã Chiêu Lưu | Huyện Kỳ Sơn | Xã Bảo Thắng, Xã Chiêu Lưu
Xã Mường Típ | Huyện Kỳ Sơn | Xã Mường Ải, Xã Mường Típ
Xã Na Ngoi | Huyện Kỳ Sơn | Xã Na Ngoi, Xã Nậm Càn
Xã Tương Dương | Huyện Tương Dương | Thị trấn Thạch Giám, Xã Lưu Kiền, Xã Xá Lượng
Xã Nhôn Mai | Huyện Tương Dương | Xã Mai Sơn, Xã Nhôn Mai
Xã Hữu Khuông | Huyện Tương Dương | Xã Hữu Khuông
Xã Nga My | Huyện Tương Dương | Xã Nga My, Xã Xiêng My
Xã Lượng Minh | Huyện Tương Dương | Xã Lượng Minh
Xã Yên Hòa | Huyện Tương Dương | Xã Yên Hòa, Xã Yên Thắng
Xã Yên Na | Huyện Tương Dương | Xã Yên Na, Xã Yên Tĩnh
Xã Tam Quang | Huyện Tương Dương | Xã Tam Đình, Xã Tam Quang
Xã Tam Thái | Huyện Tương Dương | Xã Tam Hợp, Xã Tam Thái
Phường Thái Hòa | Thị xã Thái Hòa | Phường Hòa Hiếu, Phường Long Sơn, Phường Quang Phong
Xã Nghĩa Đàn | Huyện Nghĩa Đàn | Thị trấn Nghĩa Đàn, Xã Nghĩa Bình, Xã Nghĩa Trung
Xã Nghĩa Lâm | Huyện Nghĩa Đàn | Xã Nghĩa Lạc, Xã Nghĩa Lâm, Xã Nghĩa Sơn, Xã Nghĩa Yên
Xã Nghĩa Thọ | Huyện Nghĩa Đàn | Xã Nghĩa Hội, Xã Nghĩa Lợi, Xã Nghĩa Thọ
Xã Nghĩa Hưng | Huyện Nghĩa Đàn | Xã Nghĩa Hưng, Xã Nghĩa Thành
Xã Nghĩa Mai | Huyện Nghĩa Đàn | Xã Nghĩa Hồng, Xã Nghĩa Mai, Xã Nghĩa Minh
Phường Tây Hiếu | Thị xã Thái Hòa | Phường Quang Tiến, Xã Nghĩa Tiến, Xã Tây Hiếu
Xã Đông Hiếu | Thị xã Thái Hòa | Xã Đông Hiếu, Xã Nghĩa Mỹ, Xã Nghĩa Thuận
Xã Nghĩa Lộc | Huyện Nghĩa Đàn | Xã Nghĩa Lộc, Xã Nghĩa Long
Xã Nghĩa Khánh | Huyện Nghĩa Đàn | Xã Nghĩa An, Xã Nghĩa Đức, Xã Nghĩa Khánh
Xã Quỳ Hợp | Huyện Quỳ Hợp | Thị trấn Quỳ Hợp, Xã Châu Đình, Xã Châu Quang, Xã Thọ Hợp
Xã Châu Hồng | Huyện Quỳ Hợp | Xã Châu Hồng, Xã Châu Thành, Xã Châu Tiến
Xã Châu Lộc | Huyện Quỳ Hợp | Xã Châu Lộc, Xã Liên Hợp
Xã Tam Hợp | Huyện Quỳ Hợp | Xã Đồng Hợp, Xã Nghĩa Xuân, Xã Tam Hợp, Xã Yên Hợp
Xã Minh Hợp | Huyện Quỳ Hợp | Xã Hạ Sơn, Xã Minh Hợp, Xã Văn Lợi
Xã Mường Ham | Huyện Quỳ Hợp | Xã Châu Cường, Xã Châu Thái
Xã Mường Chọng | Huyện Quỳ Hợp | Xã Bắc Sơn, Xã Châu Lý, Xã Nam Sơn
Phường Hoàng Mai | Thị xã Hoàng Mai | Phường Quỳnh Thiện, Xã Quỳnh Trang, Xã Quỳnh Vinh
Phường Quỳnh Mai | Thị xã Hoàng Mai | Phường Mai Hùng, Phường Quỳnh Phương, Phường Quỳnh Xuân, Xã Quỳnh Liên
Phường Tân Mai | Thị xã Hoàng Mai | Phường Quỳnh Dị, Xã Quỳnh Lập, Xã Quỳnh Lộc
Xã Quỳnh Văn | Huyện Quỳnh Lưu | Xã Quỳnh Tân, Xã Quỳnh Thạch, Xã Quỳnh Văn
Xã Quỳnh Tam | Huyện Quỳnh Lưu | Xã Quỳnh Châu, Xã Quỳnh Tam, Xã Tân Sơn
Xã Quỳnh Sơn | Huyện Quỳnh Lưu | Xã Ngọc Sơn, Xã Quỳnh Lâm, Xã Quỳnh Sơn
Xã Quỳnh Anh | Huyện Quỳnh Lưu | Xã Minh Lương, Xã Quỳnh Bảng, Xã Quỳnh Đôi, Xã Quỳnh Thanh, Xã Quỳnh Yên
Xã Quỳnh Lưu | Huyện Quỳnh Lưu | Thị trấn Cầu Giát, Xã Bình Sơn, Xã Quỳnh Diễn, Xã Quỳnh Giang, Xã Quỳnh Hậu
Xã Quỳnh Phú | Huyện Quỳnh Lưu | Xã An Hòa, Xã Phú Nghĩa, Xã Thuận Long, Xã Văn Hải
Xã Quỳnh Thắng | Huyện Quỳnh Lưu | Xã Quỳnh Thắng, Xã Tân Thắng
Xã Bình Chuẩn | Huyện Con Cuông | Xã Bình Chuẩn
Xã Mậu Thạch | Huyện Con Cuông | Xã Mậu Đức, Xã Thạch Ngàn
Xã Cam Phục | Huyện Con Cuông | Xã Cam Lâm, Xã Đôn Phục
Xã Châu Khê | Huyện Con Cuông | Xã Châu Khê, Xã Lạng Khê
Xã Con Cuông | Huyện Con Cuông | Thị trấn Trà Lân, Xã Chi Khê, Xã Yên Khê
Xã Môn Sơn | Huyện Con Cuông | Xã Lục Dạ, Xã Môn Sơn
Xã Tân Kỳ | Huyện Tân Kỳ | Thị trấn Tân Kỳ, Xã Kỳ Sơn, Xã Kỳ Tân, Xã Nghĩa Dũng
Xã Tân Phú | Huyện Tân Kỳ | Xã Hoàn Long, Xã Nghĩa Thái, Xã Tân Phú, Xã Tân Xuân
Xã Giai Xuân | Huyện Tân Kỳ | Xã Giai Xuân, Xã Tân Hợp
Xã Nghĩa Đồng | Huyện Tân Kỳ | Xã Bình Hợp, Xã Nghĩa Đồng
Xã Tiên Đồng | Huyện Tân Kỳ | Xã Đồng Văn, Xã Tiên Kỳ
Xã Tân An | Huyện Tân Kỳ | Xã Hương Sơn, Xã Nghĩa Phúc, Xã Tân An
Xã Nghĩa Hành | Huyện Tân Kỳ | Xã Nghĩa Hành, Xã Phú Sơn, Xã Tân Hương
Xã Anh Sơn | Huyện Anh Sơn | Thị trấn Kim Nhan, Xã Đức Sơn, Xã Phúc Sơn
Xã Thành Bình Thọ | Huyện Anh Sơn | Xã Bình Sơn, Xã Thành Sơn, Xã Thọ Sơn
Xã Nhân Hòa | Huyện Anh Sơn | Xã Cẩm Sơn, Xã Hùng Sơn, Xã Tam Đỉnh
Xã Vĩnh Tường | Huyện Anh Sơn | Xã Hoa Sơn, Xã Hội Sơn, Xã Tường Sơn
Xã Anh Sơn Đông | Huyện Anh Sơn | Xã Lạng Sơn, Xã Tào Sơn, Xã Vĩnh Sơn
Xã Yên Xuân | Huyện Anh Sơn | Xã Cao Sơn, Xã Khai Sơn, Xã Lĩnh Sơn, Xã Long Sơn
Xã Hùng Châu | Huyện Diễn Châu | Xã Diễn Đoài, Xã Diễn Lâm, Xã Diễn Trường, Xã Diễn Yên
Xã Đức Châu | Huyện Diễn Châu | Xã Diễn Hồng, Xã Diễn Kỷ, Xã Diễn Phong, Xã Diễn Vạn
Xã Hải Châu | Huyện Diễn Châu | Xã Diễn Hoàng, Xã Diễn Kim, Xã Diễn Mỹ, Xã Hùng Hải
Xã Quảng Châu | Huyện Diễn Châu | Xã Diễn Đồng, Xã Diễn Liên, Xã Diễn Thái, Xã Xuân Tháp
Xã Diễn Châu | Huyện Diễn Châu | Thị trấn Diễn Thành, Xã Diễn Hoa, Xã Diễn Phúc, Xã Ngọc Bích
Xã Minh Châu | Huyện Diễn Châu | Xã Diễn Cát, Xã Diễn Nguyên, Xã Hạnh Quảng, Xã Minh Châu
Xã An Châu | Huyện Diễn Châu | Xã Diễn An, Xã Diễn Tân, Xã Diễn Thịnh, Xã Diễn Trung
Xã Tân Châu | Huyện Diễn Châu | Xã Diễn Lộc, Xã Diễn Lợi, Xã Diễn Phú, Xã Diễn Thọ
Xã Yên Thành | Huyện Yên Thành | Thị trấn Hoa Thành, Xã Đông Thành, Xã Tăng Thành, Xã Văn Thành
Xã Bình Minh | Huyện Yên Thành | Xã Đức Thành, Xã Mã Thành, Xã Tân Thành, Xã Tiến Thành
Xã Quang Đồng | Huyện Yên Thành | Xã Đồng Thành, Xã Kim Thành, Xã Quang Thành
Xã Giai Lạc | Huyện Yên Thành | Xã Hậu Thành, Xã Lăng Thành, Xã Phúc Thành
Xã Đông Thành | Huyện Yên Thành | Xã Đô Thành, Xã Phú Thành, Xã Thọ Thành
Xã Vân Du | Huyện Yên Thành | Xã Minh Thành, Xã Tây Thành, Xã Thịnh Thành
Xã Quan Thành | Huyện Yên Thành | Xã Bắc Thành, Xã Nam Thành, Xã Trung Thành, Xã Xuân Thành
Xã Hợp Minh | Huyện Yên Thành | Xã Bảo Thành, Xã Long Thành, Xã Sơn Thành, Xã Viên Thành, Xã Vĩnh Thành
Xã Vân Tụ | Huyện Yên Thành | Xã Liên Thành, Xã Mỹ Thành, Xã Vân Tụ
Xã Bạch Ngọc | Huyện Đô Lương | Xã Bạch Ngọc, Xã Bồi Sơn, Xã Giang Sơn Đông, Xã Giang Sơn Tây
Xã Lương Sơn | Huyện Đô Lương | Xã Bài Sơn, Xã Đông Sơn, Xã Hồng Sơn, Xã Tràng Sơn
Xã Đô Lương | Huyện Đô Lương | Thị trấn Đô Lương, Xã Bắc Sơn, Xã Đà Sơn, Xã Đặng Sơn, Xã Lưu Sơn, Xã Nam Sơn, Xã Thịnh Sơn, Xã Văn Sơn, Xã Yên Sơn
Xã Văn Hiến | Huyện Đô Lương | Xã Hòa Sơn, Xã Quang Sơn, Xã Tân Sơn, Xã Thái Sơn, Xã Thượng Sơn
Xã Thuần Trung | Huyện Đô Lương | Xã Lạc Sơn, Xã Minh Sơn, Xã Nhân Sơn, Xã Thuận Sơn, Xã Trung Sơn, Xã Xuân Sơn
Xã Bạch Hà | Huyện Đô Lương | Xã Đại Sơn, Xã Hiến Sơn, Xã Mỹ Sơn, Xã Trù Sơn
Xã Đại Đồng | Huyện Thanh Chương | Thị trấn Dùng, Xã Đại Đồng, Xã Đồng Văn, Xã Thanh Ngọc, Xã Thanh Phong
Xã Hạnh Lâm | Huyện Thanh Chương | Xã Hạnh Lâm, Xã Thanh Đức
Xã Cát Ngạn | Huyện Thanh Chương | Xã Cát Văn, Xã Minh Sơn, Xã Phong Thịnh
Xã Tam Đồng | Huyện Thanh Chương | Xã Thanh Liên, Xã Thanh Mỹ, Xã Thanh Tiên
Xã Sơn Lâm | Huyện Thanh Chương | Xã Ngọc Lâm, Xã Thanh Sơn
Xã Hoa Quân | Huyện Thanh Chương | Xã Thanh An, Xã Thanh Hương, Xã Thanh Quả, Xã Thanh Thịnh
Xã Xuân Lâm | Huyện Thanh Chương | Xã Minh Tiến, Xã Ngọc Sơn, Xã Xuân Dương
Xã Kim Bảng | Huyện Thanh Chương | Xã Kim Bảng, Xã Thanh Hà, Xã Thanh Thủy
Xã Bích Hào | Huyện Thanh Chương | Xã Mai Giang, Xã Thanh Lâm, Xã Thanh Tùng, Xã Thanh Xuân
Xã Nghi Lộc | Huyện Nghi Lộc | Thị trấn Quán Hành, Xã Diên Hoa, Xã Nghi Trung, Xã Nghi Vạn
Xã Hải Lộc | Huyện Nghi Lộc | Xã Nghi Thiết, Xã Nghi Tiến, Xã Nghi Yên
Xã Thần Lĩnh | Huyện Nghi Lộc | Xã Nghi Đồng, Xã Nghi Hưng, Xã Nghi Phương
Xã Văn Kiều | Huyện Nghi Lộc | Xã Nghi Kiều, Xã Nghi Văn
Xã Phúc Lộc | Huyện Nghi Lộc | Xã Nghi Công Bắc, Xã Nghi Công Nam, Xã Nghi Lâm, Xã Nghi Mỹ
Xã Trung Lộc | Huyện Nghi Lộc | Xã Nghi Long, Xã Nghi Quang, Xã Nghi Thuận, Xã Nghi Xá
Xã Đông Lộc | Huyện Nghi Lộc | Xã Khánh Hợp, Xã Nghi Thạch, Xã Thịnh Trường
Phường Vinh Hưng | Thành phố Vinh | Phường Hưng Đông, Phường Quán Bàu, Xã Nghi Kim, Xã Nghi Liên
Xã Nam Đàn | Huyện Nam Đàn | Xã Nam Hưng, Xã Nam Thanh, Xã Nghĩa Thái
Xã Đại Huệ | Huyện Nam Đàn | Xã Nam Anh, Xã Nam Lĩnh, Xã Nam Xuân
Xã Vạn An | Huyện Nam Đàn | Thị trấn Nam Đàn, Xã Thượng Tân Lộc, Xã Xuân Hòa
Xã Kim Liên | Huyện Nam Đàn | Xã Hùng Tiến, Xã Kim Liên, Xã Nam Cát, Xã Nam Giang, Xã Xuân Hồng
Xã Thiên Nhẫn | Huyện Nam Đàn | Xã Khánh Sơn, Xã Nam Kim, Xã Trung Phúc Cường
Xã Hưng Nguyên | Huyện Hưng Nguyên | Thị trấn Hưng Nguyên, Xã Hưng Đạo, Xã Hưng Tây, Xã Thịnh Mỹ
Xã Yên Trung | Huyện Hưng Nguyên | Xã Hưng Trung, Xã Hưng Yên Bắc, Xã Hưng Yên Nam
Xã Hưng Nguyên Nam | Huyện Hưng Nguyên | Xã Hưng Lĩnh, Xã Long Xá, Xã Thông Tân, Xã Xuân Lam
Xã Lam Thành | Huyện Hưng Nguyên | Xã Châu Nhân, Xã Hưng Nghĩa, Xã Hưng Thành, Xã Phúc Lợi
`;

export const communes: readonly Commune[] = stated
  .trim()
  .split('\n')
  .map((line) => {
    const [name = '', formerDistrict = '', formedFrom = ''] = line.split(' | ');
    return { name, formerDistrict, formedFrom: formedFrom.split(', ') };
  });

const byName = new Map(communes.map((commune) => [fold(commune.name), commune]));

/** The commune that a unit's name speaks of: `UBND xã Anh Sơn`, `Ủy ban nhân dân phường Cửa Lò`, `Đảng ủy xã Anh Sơn`. */
export function communeIn(unitName: string): Commune | undefined {
  const name = fold(unitName);
  const at = name.search(/\b(xa|phuong) /);
  return at < 0 ? undefined : byName.get(name.slice(at));
}

/** Communes whose name is near what was written, for a hint. */
export function communesLike(unitName: string): readonly Commune[] {
  const words = new Set(fold(unitName).split(/[^a-z0-9]+/));
  const shared = communes.map((commune) => {
    const own = fold(commune.name).split(' ').slice(1);
    return {
      commune,
      count: own.filter((word) => words.has(word)).length,
      isWhole: own.every((word) => words.has(word)),
    };
  });
  return shared
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => Number(other.isWhole) - Number(one.isWhole) || other.count - one.count)
    .slice(0, 3)
    .map(({ commune }) => commune);
}
