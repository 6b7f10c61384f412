/**
 * What each field of the published document means, by its place in the schema: for the developer who has the document and nobody
 * to ask. Of a place that stands in several schemas the words stand once, see `sameAs`.
 */
import type { Sentence } from '../../shared/vietnamese.ts';

/** A place of a schema that is another schema's, words and all. */
export const sameAs: readonly (readonly [place: string, schema: string])[] = [
  ['ListRequest.people[].facts', 'FactsRequest'],
  ['Facts', 'FactsRequest'],
  ['FactsEntitled', 'FactsAssessed'],
  ['FactsNotEntitled', 'FactsAssessed'],
  ['FactsIncomplete', 'FactsAssessed'],
  ['FactsForReview', 'FactsAssessed'],
  ['FactsInvalid', 'FactsAssessed'],
  ['Person', 'Case.person'],
  ['CasePart', 'Case.parts[]'],
  ['ListFault', 'List.faults[]'],
  ['AssessedLine', 'FactsAssessed.lines[]'],
  ['Figures', 'FactsAssessed.figures'],
  ['PaymentPage.payments[]', 'Payment'],
  ['Payment.person', 'Case.person'],
  ['FactsAnswered', 'FactsAssessed'],
  ['FactsProblem', 'Problem'],
  ['FactsAssessed.faults', 'Problem.faults'],
  ['FactsAssessed.faultCount', 'Problem.faultCount'],
  ['FactsAssessed.alternatives[].lines', 'FactsAssessed.lines'],
  ['FactsAssessed.yieldsTo[].total', 'FactsAssessed.total'],
  ['List.warnings[]', 'List.faults[]'],
];

const said: Readonly<Record<string, readonly [vi: string, en: string]>> = {
  'FactsRequest.id': [
    'Mã của bên gửi, trả lại nguyên vẹn; nên là chuỗi (số trên 2^53 bị làm tròn), không phải số định danh cá nhân',
    'The sender’s own id, echoed; best a string (a number over 2^53 is rounded), never a citizen id',
  ],
  'FactsRequest.person': ['Nhân thân', 'Who the person is'],
  'FactsRequest.person.sex': ['Giới tính', 'Sex'],
  'FactsRequest.person.birth': [
    'Ngày, tháng hoặc năm sinh; chỉ có năm thì tính từ ngày 01/01 và được đánh dấu',
    'Day, month or year of birth; a year alone is 1 January of it, and is marked',
  ],
  'FactsRequest.person.citizenId': ['Số định danh; không dùng để tính', 'Citizen id; not used to compute'],
  'FactsRequest.person.fullName': ['Họ và tên; không dùng để tính', 'Full name; not used to compute'],
  'FactsRequest.subject': [
    'Đối tượng: cán bộ, công chức, viên chức, hợp đồng, cấp xã, hội, không chuyên trách cấp xã hoặc thôn',
    'As what the person serves; the two part-timers are those of communes and of villages',
  ],
  'FactsRequest.leaving': ['Việc nghỉ', 'How the person leaves'],
  'FactsRequest.leaving.cause': [
    'Lý do nghỉ, quyết định điều khoản áp dụng: reorganised là Nghị định 178 Điều 7, 9, 10; restructured Điều 7a; not-re-elected Điều 7b; streamlined, transferred-off-budget, post-abolished là Nghị định 154; over-age là Nghị quyết 07/2025',
    'Why; it chooses the articles: reorganised Decree 178 articles 7, 9, 10; restructured 7a; not-re-elected 7b; streamlined, transferred-off-budget, post-abolished Decree 154; over-age Resolution 07/2025',
  ],
  'FactsRequest.leaving.on': ['Ngày đầu tiên không làm việc', 'The first day without work'],
  'FactsRequest.leaving.decidedOn': ['Ngày ký quyết định nghỉ', 'The day of the leave decision'],
  'FactsRequest.leaving.decisionNumber': ['Số quyết định nghỉ', 'Number of the leave decision'],
  'FactsRequest.leaving.reorganisedOn': [
    'Ngày quyết định sắp xếp có hiệu lực; cần cho reorganised (mốc 12 tháng)',
    'The day the reorganisation took effect; needed for reorganised (the clock of 12 months)',
  ],
  'FactsRequest.leaving.voluntary': ['Tự nguyện nghỉ; mặc định có', 'Of own will; true when left out'],
  'FactsRequest.leaving.notReElected': [
    'Cần cho not-re-elected: không đủ tuổi, còn đủ tuổi, hay cấp ủy',
    'Needed for not-re-elected: which of its cases',
  ],
  'FactsRequest.leaving.onlyConcurrentPost': [
    'Chỉ thôi chức danh kiêm nhiệm, vẫn giữ việc chính; mặc định không',
    'Only a concurrent post ends, the main one is kept; false when left out',
  ],
  'FactsRequest.contractSignedOn': ['Ngày ký hợp đồng; cần cho contract-worker', 'Needed for contract-worker'],
  'FactsRequest.contractLikeCivilServant': [
    'Hợp đồng được áp dụng chính sách như công chức; mặc định không',
    'The contract is treated like a civil servant’s; false when left out',
  ],
  'FactsRequest.paidOn': [
    'Ngày đã chi theo Nghị định 29/2023; chi trước 16/06/2025 thì không tính lại',
    'When Decree 29/2023 was paid; before 16 June 2025 it is not computed again',
  ],
  'FactsRequest.pay': ['Lương hiện hưởng, một trong ba loại theo kind', 'Pay, one of three kinds'],
  'FactsRequest.pay.kind': [
    'coefficient: theo hệ số; contract: số tiền trong hợp đồng; part-time: bội số lương cơ sở',
    'By coefficients, by the sum of a contract, or by a multiple of the base salary',
  ],
  'FactsRequest.pay.grade': ['Hệ số lương, chuỗi, ví dụ "4.65"', 'Coefficient of the grade, a string: "4.65"'],
  'FactsRequest.pay.position': ['Hệ số phụ cấp chức vụ', 'Coefficient of the leadership allowance'],
  'FactsRequest.pay.beyondFramePercent': ['Phần trăm thâm niên vượt khung', 'Percent beyond the frame'],
  'FactsRequest.pay.reservedDifference': ['Hệ số chênh lệch bảo lưu', 'Reserved difference, a coefficient'],
  'FactsRequest.pay.allowances': ['Phụ cấp; thứ không được tính vẫn gửi được, sẽ ghi rõ vì sao', 'Allowances'],
  'FactsRequest.pay.allowances[].name': [
    'Sáu loại đầu được tính theo Nghị định 178, các loại sau không bao giờ được tính',
    'The first six count under Decree 178, the others never do',
  ],
  'FactsRequest.pay.allowances[].percent': ['Phần trăm của lương, ví dụ "25"', 'Percent of the salary: "25"'],
  'FactsRequest.pay.allowances[].coefficient': ['Hệ số', 'A coefficient'],
  'FactsRequest.pay.allowances[].amount': ['Số tiền, đồng', 'Đồng'],
  'FactsRequest.pay.effectiveFrom': [
    'Ngày quyết định lương có hiệu lực; phải trước tháng nghỉ',
    'From when the salary decision counts; before the month of leaving',
  ],
  'FactsRequest.pay.amount': ['Lương hợp đồng, đồng mỗi tháng', 'Salary of the contract, đồng a month'],
  'FactsRequest.pay.multiple': ['Bội số lương cơ sở, ví dụ "1.5"', 'Multiple of the base salary: "1.5"'],
  'FactsRequest.averagePay60Months': [
    'Bình quân 60 tháng, đồng; chỉ Nghị định 29/2023 cần',
    'Average of 60 months, đồng; needed by Decree 29/2023 alone',
  ],
  'FactsRequest.service': ['Các khoảng thời gian công tác', 'Periods of service'],
  'FactsRequest.service[].from': ['Tháng đầu, có tính', 'The first month, counted'],
  'FactsRequest.service[].to': ['Tháng cuối, có tính', 'The last month, counted'],
  'FactsRequest.service[].employer': ['Nơi làm việc', 'For whom'],
  'FactsRequest.service[].insured': ['Có đóng bảo hiểm xã hội; mặc định có', 'Insured; true when left out'],
  'FactsRequest.service[].compensated': [
    'Đã được hưởng chế độ cho khoảng này; mặc định không',
    'Paid for before; false when left out',
  ],
  'FactsRequest.service[].conditions': ['Nặng nhọc, hoặc vùng đặc biệt khó khăn', 'Hard work or a hard area'],
  'FactsRequest.drawsPension': ['Đang hưởng lương hưu; mặc định không', 'Draws a pension; false when left out'],
  'FactsRequest.underInvestigation': [
    'Đang bị xem xét kỷ luật hoặc điều tra; mặc định không',
    'Under investigation; false when left out',
  ],
  'FactsRequest.pregnantOrChildUnder36Months': [
    'Mang thai hoặc nuôi con dưới 36 tháng; mặc định không',
    'Pregnant or with a child under 36 months; false when left out',
  ],
  'FactsRequest.termEndsOn': ['Ngày hết nhiệm kỳ; chỉ Nghị định 29/2023 cần', 'End of the term; Decree 29/2023 alone'],

  'ListRequest.submit': [
    'check: chỉ kiểm tra, không nộp gì; when-clean: nộp nếu không có lỗi nào; good-rows: nộp những người không có lỗi',
    'check submits nothing; when-clean submits if nobody has a fault; good-rows submits those without one',
  ],
  'ListRequest.people': ['Từ 1 đến 500 người mỗi lần gửi', '1 to 500 people a call'],
  'ListRequest.people[].id': [
    'Mã của bên gửi, không trùng trong một lần gửi, dùng trong câu trả lời; không phải số định danh cá nhân',
    'The sender’s own id, once a call, used in the answers; never a citizen id',
  ],
  'ListRequest.people[].fullName': ['Họ và tên như trên căn cước', 'As on the identity card'],
  'ListRequest.people[].citizenId': ['12 chữ số', '12 digits'],
  'ListRequest.people[].payingUnit': [
    'Mã đơn vị sử dụng ngân sách chi trả, đã đăng ký ở tỉnh',
    'Code of the budget unit that pays, as registered in the province',
  ],
  'ListRequest.people[].employer': ['Nơi công tác trước khi nghỉ', 'Where the person worked'],
  'ListRequest.people[].account': ['Tài khoản của chính người nghỉ', 'An account of the person’s own'],
  'ListRequest.people[].account.bank': [
    'Tên viết tắt hoặc mã ngân hàng, ví dụ VBA',
    'Short name or code of the bank: VBA',
  ],
  'ListRequest.people[].account.number': ['6 đến 20 chữ số', '6 to 20 digits'],
  'ListRequest.people[].account.holder': [
    'Tên chủ tài khoản; không dấu cũng được',
    'The holder; marks may be left out',
  ],
  'ListRequest.people[].declaredTotal': [
    'Số tiền đơn vị tính, đồng; chỉ để đối chiếu',
    'What the unit computed, đồng; only to compare',
  ],
  'ListRequest.people[].facts': ['Dữ kiện, như ở FactsRequest', 'Facts, as in FactsRequest'],

  'ResultsRequest.count': [
    'Số dòng theo sổ của bên gửi; khác số dòng nhận được thì không ghi gì',
    'How many lines the sender’s books have; another number than came, and nothing is recorded',
  ],
  'ResultsRequest.total': ['Tổng số tiền theo sổ của bên gửi, đồng', 'What they add up to in those books, đồng'],
  'ResultsRequest.lines': ['Từ 1 đến 5000 dòng mỗi lần gửi', '1 to 5000 lines a call'],
  'ResultsRequest.lines[].reference': ['Mã khoản chi, như ở Payment.reference', 'As Payment.reference has it'],
  'ResultsRequest.lines[].amount': ['Số tiền, đồng; phải đúng khoản chi', 'Đồng; that of the payment, no other'],
  'ResultsRequest.lines[].outcome': [
    'treasury-paid: Kho bạc đã chi; credited: đã báo có; refused: Kho bạc từ chối; returned: ngân hàng chuyển trả',
    'Paid by the Treasury, credited, refused by the Treasury, or returned by a bank',
  ],
  'ResultsRequest.lines[].on': ['Ngày của kết quả', 'The day of the outcome'],
  'ResultsRequest.lines[].reason': [
    'Mã lý do theo ISO 20022 hoặc lời của bên gửi; không ghi tên, số tài khoản',
    'A code of ISO 20022 or the sender’s words; never a name or an account',
  ],
  'ResultsRequest.lines[].backTo': [
    'Tiền chuyển trả về đâu: dự toán hay tài khoản tiền gửi',
    'Where returned money went: the estimate or a deposit account',
  ],

  'FactsAssessed.id': ['Như đã gửi; null nếu không gửi', 'As it was sent; null where it was not'],
  'FactsAssessed.outcome': [
    'entitled: được hưởng; not-entitled: không được hưởng; incomplete: thiếu dữ kiện; review: phải có người xem xét',
    'review: no article fits, or the text is unsettled and a person must decide',
  ],
  'FactsAssessed.regime': ['Văn bản và điều, ví dụ 178/7', 'Text and article: 178/7'],
  'FactsAssessed.total': ['Tổng các dòng, đồng', 'The sum of the lines, đồng'],
  'FactsAssessed.lines': ['Từng khoản của chế độ', 'The components of the amount'],
  'FactsAssessed.lines[].line': ['Tên khoản', 'Name of the component'],
  'FactsAssessed.lines[].amount': ['Đồng', 'Đồng'],
  'FactsAssessed.lines[].by': ['Căn cứ, tiếng Việt', 'The article, in Vietnamese'],
  'FactsAssessed.lines[].working': ['Phép tính, để trình bày', 'How it was computed, to be shown'],
  'FactsAssessed.figures': ['Con số mà phép tính dùng', 'What the amount was computed from'],
  'FactsAssessed.figures.monthlySalary': ['Tiền lương tháng, đồng', 'Đồng'],
  'FactsAssessed.figures.monthlyAllowance': [
    'Phụ cấp tháng của người không chuyên trách, đồng',
    'Of part-timers, đồng',
  ],
  'FactsAssessed.figures.retirementMonth': ['Tháng đủ tuổi nghỉ hưu', 'When the pension would start, YYYY-MM'],
  'FactsAssessed.figures.annex': ['Phụ lục của Nghị định 135/2020', 'Of Decree 135/2020'],
  'FactsAssessed.figures.monthsEarly': ['Số tháng nghỉ sớm', 'Months before that'],
  'FactsAssessed.figures.yearsEarly': ['Số năm nghỉ sớm, làm tròn nửa năm', 'In half years'],
  'FactsAssessed.figures.serviceMonths': ['Số tháng công tác được tính', 'Months of service that count'],
  'FactsAssessed.figures.serviceYears': ['Số năm công tác, làm tròn nửa năm', 'In half years'],
  'FactsAssessed.figures.insuredMonths': ['Mọi tháng có bảo hiểm', 'All insured months'],
  'FactsAssessed.figures.firstTwelveMonths': ['Nghỉ trong 12 tháng đầu', 'Left within the first 12 months'],
  'FactsAssessed.yieldsTo': ['Chế độ khác cũng áp dụng được nhưng thấp hơn', 'Other regimes that would pay less'],
  'FactsAssessed.yieldsTo[].regime': ['Văn bản và điều', 'Text and article'],
  'FactsAssessed.grounds': ['Mọi lý do không được hưởng', 'Every reason of the no'],
  'FactsAssessed.grounds[].ground': ['Mã lý do', 'Its code'],
  'FactsAssessed.grounds[].by': ['Căn cứ', 'The article'],
  'FactsAssessed.missing': ['Mọi dữ kiện còn thiếu, theo đường dẫn', 'Every missing fact, by its path'],
  'FactsAssessed.reasons': ['Vì sao phải có người xem xét', 'Why a person must decide'],
  'FactsAssessed.reasons[].reason': ['Mã lý do', 'Its code'],
  'FactsAssessed.alternatives': ['Kết quả theo từng cách hiểu', 'What each reading would give'],
  'FactsAssessed.alternatives[].readings': ['Các cách hiểu được đặt', 'The readings that are set'],
  'FactsAssessed.alternatives[].outcome': ['Kết quả theo cách hiểu đó', 'The outcome under them'],
  'FactsAssessed.alternatives[].regime': ['Văn bản và điều', 'Text and article'],
  'FactsAssessed.alternatives[].total': ['Đồng', 'Đồng'],
  'FactsAssessed.open': ['Điểm chưa thống nhất mà kết quả dựa vào', 'Unsettled readings that the result rests on'],
  'FactsAssessed.marks': ['Điều người kiểm tra nên xem', 'What a checker should look at'],

  'Accepted.id': ['Mã để đọc lại', 'To read it by'],
  'Accepted.href': [
    'Địa chỉ của kết quả; 404 cho đến khi việc đã nhận có kết quả, hoặc mãi nếu job báo problem',
    'Where the outcome will stand; 404 until there is one, and for ever where the job tells a problem',
  ],
  'Accepted.job': [
    'Mã việc: hỏi GET /api/v1/jobs/{id} vài giây một lần',
    'Ask GET /api/v1/jobs/{id} every few seconds',
  ],
  'Job.status': [
    'done là đã xong, kể cả khi nội dung bị từ chối (xem problem); failed là lỗi của hệ thống, hãy gửi lại cùng nội dung',
    'done, also where the content was refused (see problem); failed is our fault: send the same again',
  ],
  'Job.done': ['Đã làm bao nhiêu', 'How many are done'],
  'Job.of': ['Trên tổng số bao nhiêu; 0 khi chưa đếm', 'Of how many; 0 where nothing is counted'],
  'Job.problem': ['Vì sao nội dung không được ghi nhận', 'Why nothing was recorded'],
  'Job.note': ['Điều nên biết', 'Something to know'],

  'List.status': [
    'received: đang đọc; unreadable: không đọc được (xem problem); checked: đã kiểm tra, chưa nộp; submitted: đã nộp',
    'received is under way; checked was not submitted: it was to be checked alone, or has faults',
  ],
  'List.people': ['Số người đã gửi', 'How many were sent'],
  'List.faults': ['Lỗi của từng người; người có lỗi không được nộp', 'Whoever has one is not submitted'],
  'List.faults[].id': ['Mã của bên gửi', 'The sender’s id of the person'],
  'List.faults[].at': ['Tên cột trong danh sách của tỉnh', 'The column of the province’s list'],
  'List.faults[].path': ['Trường đã gửi, tính từ người đó', 'The field as it was sent, below the person'],
  'List.faults[].says': ['Sai gì, phải làm gì', 'What is wrong and what to do'],
  'List.faultCount': ['Tổng số lỗi; faults chỉ có vài trăm lỗi đầu', 'faults has the first hundreds alone'],
  'List.warnings': ['Điều nên xem lại; không ngăn việc nộp', 'Something to look at; it stops nothing'],
  'List.warningCount': ['Tổng số điều nên xem lại', 'How many there are'],
  'List.problem': ['Vì sao không đọc được cả danh sách', 'Why the whole list cannot be read'],
  'List.computed': ['Những người không có lỗi được tính ra bao nhiêu', 'What those without a fault come to'],
  'List.computed.entitled': ['Số người được hưởng', 'How many are entitled'],
  'List.computed.total': ['Đồng', 'Đồng'],
  'List.submitted': ['Chỉ có khi đã nộp', 'Once it was submitted'],
  'List.submitted.submitted': ['Số hồ sơ mới', 'New cases'],
  'List.submitted.corrected': ['Số hồ sơ có dữ kiện được sửa', 'Cases whose facts were corrected'],
  'List.submitted.same': ['Số người đã có hồ sơ giống hệt', 'People whose case says the same'],
  'List.submitted.elsewhere': ['Người có hồ sơ ở đơn vị khác', 'People with a case of another unit'],
  'List.submitted.left': ['Người có hồ sơ mà danh sách không sửa được nữa', 'Cases that a list cannot change any more'],
  'List.submitted.cases': [
    'Hồ sơ của từng người, để đọc bằng GET /api/v1/cases/{id}',
    'The case of each person, to be read',
  ],
  'List.submitted.cases[].id': ['Mã của bên gửi', 'The sender’s id'],
  'List.submitted.cases[].case': ['Mã hồ sơ', 'Id of the case'],

  'Case.unit': ['Mã đơn vị chi trả', 'Code of the paying unit'],
  'Case.employer': ['Nơi công tác', 'Where the person worked'],
  'Case.block': ['Khối chính quyền hay khối Đảng', 'Government or Party'],
  'Case.level': ['Cấp ngân sách', 'Budget level'],
  'Case.caseHash': [
    'Băm của nội dung mà thẩm định và đợt chi gắn vào',
    'What an appraisal and a frozen batch are bound to',
  ],
  'Case.assessment': ['Như FactsAssessed, không có id', 'As FactsAssessed, without id'],
  'Case.parts': ['Mỗi nguồn kinh phí một phần', 'One for each source of funding'],
  'Case.parts[].status': [
    'assessed: chờ thẩm định; appraised: đã thẩm định; in-batch … decided: trong đợt chi; awaiting-unit: chờ đơn vị sửa tài khoản; sent: đã gửi Kho bạc; credited: đã báo có',
    'assessed waits for appraisal; in-batch to decided are in a batch; sent went to the Treasury; credited is on the account',
  ],
  'Case.parts[].amount': ['Đồng', 'Đồng'],
  'Case.parts[].since': ['Từ lúc nào', 'Since when'],
  'Case.parts[].batch': ['Mã đợt chi', 'Id of its batch'],
  'Case.parts[].payment': ['Mã khoản chi gần nhất', 'Reference of the newest payment'],
  'Case.person': ['Chỉ khi có quyền persons:read', 'In the scope persons:read alone'],
  'Case.person.citizenId': ['Che sáu chữ số giữa', 'The six digits in the middle are masked'],

  'Batch.code': ['Mã để đọc bằng mắt', 'For people to read'],
  'Batch.source': ['Nguồn kinh phí', 'Source of funding'],
  'Batch.version': ['Lần chốt', 'How often it was frozen'],
  'Batch.contentHash': ['Băm của danh sách đã chốt', 'Of the frozen list'],
  'Batch.decision': ['Quyết định của UBND tỉnh', 'Of the People’s Committee'],
  'Batch.units': [
    'Số liệu chỉ của các đơn vị này, khi mã truy cập gắn với đơn vị',
    'The figures are of these units alone',
  ],
  'Batch.entitled': ['Được hưởng', 'Who is entitled, and to how much'],
  'Batch.standing': [
    'Tiền đang ở đâu; tổng các mục luôn bằng entitled, cả số người và số đồng',
    'Where the money stands; the parts always add up to entitled, people and đồng',
  ],
  'Batch.agrees': ['Phải là true; nếu false hãy báo quản trị hệ thống', 'Must be true; tell the administrator if not'],

  'Payment.reference': ['Mã khoản chi, dùng để gửi kết quả', 'To be used in results'],
  'Payment.attempt': ['Lần chi thứ mấy', 'Which attempt it is'],
  'Payment.amount': ['Đồng', 'Đồng'],
  'Payment.iso20022.status': ['PDNG, ACSP, ACSC, ACCC, RJCT, CANC', 'ExternalPaymentTransactionStatus1Code'],
  'Payment.iso20022.reason': ['Mã lý do khi bị từ chối, chuyển trả', 'Code of a reason, where it came back'],
  'Payment.isContradicted': ['Có hai kết quả trái nhau', 'Two outcomes contradict each other'],
  'Payment.replaces': ['Mã khoản chi mà khoản này thay', 'The payment that this one replaces'],
  'PaymentPage.next': [
    'Gửi lại ở after để lấy trang sau; không có là hết',
    'To be sent as after; absent on the last page',
  ],

  'Results.id': ['SHA-256 của nội dung đã gửi', 'SHA-256 of the message as it came'],
  'Results.status': [
    'under-way: đang ghi; open: còn dòng chưa ghi được, gửi lại đúng nội dung đó thì làm tiếp; closed: mọi dòng đã có kết luận',
    'open has lines that could not be applied yet: the same message sent again goes on; closed is final',
  ],
  'Results.counts': ['Số dòng và số tiền theo loại; matched là đã ghi', 'By class; matched was applied'],
  'Results.others': ['Các dòng không ghi, tối đa một nghìn', 'Lines that were not applied, a thousand at the most'],
  'Results.others[].row': ['Dòng thứ mấy, từ 1', 'Which line, from 1'],
  'Results.others[].class': ['Loại; vì sao ở says', 'Its class; why is in says'],

  'Client.scopes': ['Được làm gì', 'What it may'],
  'Client.units': ['Chỉ cho các đơn vị này; không có là cả tỉnh', 'For these units alone; absent, the whole province'],

  'Problem.type': [
    'urn:chi-tra:problem: và loại; chương trình dựa vào đây, không dựa vào câu chữ',
    'urn:chi-tra:problem: and the kind; programs rely on it, never on the words',
  ],
  'Problem.title': ['Loại lỗi, tiếng Việt', 'The kind, in Vietnamese'],
  'Problem.status': ['Như mã HTTP', 'As the status of HTTP'],
  'Problem.detail': ['Sai gì và phải làm gì, tiếng Việt', 'What is wrong and what to do, in Vietnamese'],
  'Problem.detail_en': ['Như detail, tiếng Anh', 'The same in English'],
  'Problem.faults': ['Từng chỗ sai, tối đa 1000', 'Each fault, a thousand at the most'],
  'Problem.faults[].path': ['Trường sai, ví dụ people.0.citizenId', 'The field: people.0.citizenId'],
  'Problem.faults[].message': ['Sai gì, cho người lập trình', 'What is wrong, for developers'],
  'Problem.faultCount': ['Tổng số, khi nhiều hơn số được kể', 'How many there are, where more than are told'],

  'WebhookMessage.type': ['Sự kiện', 'The event'],
  'WebhookMessage.timestamp': ['Lúc xảy ra, không phải lúc gửi', 'When it happened, not when it was sent'],
  'WebhookMessage.data': [
    'part.*: một phần của hồ sơ; batch.*: một đợt. Không có dữ liệu cá nhân; cần thêm thì đọc bằng API',
    'Of part.* a part of a case, of batch.* a batch. No personal data: read more through the API',
  ],
  'WebhookMessage.data.case': ['Mã hồ sơ', 'Id of the case'],
  'WebhookMessage.data.payment': ['Mã khoản chi gần nhất', 'Reference of the newest payment'],
  'WebhookMessage.data.amount': ['Đồng', 'Đồng'],
  'WebhookMessage.data.total': ['Đồng', 'Đồng'],
  'WebhookMessage.data.status': ['Sau sự kiện này', 'As it stands after the event'],
  'WebhookMessage.data.step': ['Bước duyệt', 'The step of the approval'],
};

export const places: readonly string[] = Object.keys(said);

/** Of a place such as `ListRequest.people[].id`. */
export function wordsOf(place: string): Sentence | undefined {
  const own = said[place];
  if (own !== undefined) return { vi: own[0], en: own[1] };
  const same = sameAs.find(([one]) => place === one || place.startsWith(`${one}.`) || place.startsWith(`${one}[`));
  return same === undefined ? undefined : wordsOf(`${same[1]}${place.slice(same[0].length)}`);
}
