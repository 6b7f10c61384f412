/** A call of each kind as it could be sent; the person is made up, that of Official Letter 1814/BNV-TCBC. */
import type { SchemaName } from './schemas.ts';

const facts = {
  person: { sex: 'male', birth: '1985-05-12' },
  subject: 'civil-servant',
  leaving: {
    cause: 'reorganised',
    on: '2025-06-01',
    decidedOn: '2025-05-20',
    decisionNumber: '12/QĐ-SNV',
    reorganisedOn: '2025-03-01',
  },
  pay: { kind: 'coefficient', grade: '3.66', allowances: [{ name: 'civil-service', percent: '25' }] },
  service: [{ from: '2010-06', to: '2025-05', employer: 'state' }],
};

export const examples: Readonly<Partial<Record<SchemaName, unknown>>> = {
  FactsRequest: { id: 'nv-1', ...facts },
  ListRequest: {
    submit: 'when-clean',
    people: [
      {
        id: 'nv-1',
        fullName: 'Nguyễn Văn Mẫu',
        citizenId: '040085000011',
        payingUnit: '1094107',
        employer: 'Phòng Tổ chức',
        account: { bank: 'VBA', number: '3601000012345', holder: 'NGUYEN VAN MAU' },
        declaredTotal: '786854250',
        facts,
      },
    ],
  },
  ResultsRequest: {
    count: 2,
    total: '1786854250',
    lines: [
      { reference: 'CT0QFDMHNKFS-1', amount: '786854250', outcome: 'credited', on: '2025-10-03' },
      {
        reference: 'CT10BHEYQDB2-1',
        amount: '1000000000',
        outcome: 'returned',
        on: '2025-10-03',
        reason: 'AC04',
        backTo: 'deposit',
      },
    ],
  },
  Accepted: {
    id: '0e3eedd9d041925147879a20781913fc',
    href: '/api/v1/lists/0e3eedd9d041925147879a20781913fc',
    job: '01a21f88-2ed0-765b-8720-bb64ccb8af00',
  },
  Problem: {
    type: 'urn:chi-tra:problem:does-not-fit',
    title: 'Nội dung không đúng quy định',
    status: 422,
    detail: 'Danh sách không đúng quy định; từng lỗi nằm ở faults. Chưa có gì được ghi nhận.',
    detail_en: 'The list does not fit; each fault is in faults. Nothing was recorded.',
    faults: [{ path: 'people.0.citizenId', message: 'Invalid input: expected string, received number' }],
  },
  WebhookMessage: {
    type: 'part.credited',
    timestamp: '2025-10-03T02:15:31.589Z',
    data: {
      part: '031d34644afd46ecaaa1.wage-reform',
      case: '031d34644afd46ecaaa1',
      status: 'credited',
      unit: '1094107',
      batch: '01997000-bae0-752f-bb77-ae86eb1bb7c6',
      payment: 'CT0QFDMHNKFS-1',
      amount: '786854250',
    },
  },
};
