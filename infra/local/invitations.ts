/** What the pages of accounts need of the embedded sign-in: invitations by mail, who has what, who tried. */
import { type Account, needsSecondFactor } from '../../shared/case/access.ts';
import type { Mailer } from '../../shared/case/ports.ts';
import type { SignIns } from '../../functions/web/ports.ts';
import type { Accounts } from './accounts.ts';
import { tokenKey } from './credentials.ts';
import type { SqliteScratch } from './scratch.ts';
import { latestSignIns } from './sign-in-log.ts';

export function signIns(people: Accounts, scratch: SqliteScratch, mailer: Mailer, publicUrl: string): SignIns {
  return {
    async invite(id) {
      const account = await people.find(id);
      if (account === undefined) return;
      const token = await people.inviteToken(id);
      await mailer.send({
        key: `invitation/${tokenKey(token)}`,
        to: account.email,
        account: id,
        ...invitationMail(`${publicUrl}/oidc/moi/${token}`, account),
      });
    },
    holds: people.holds,
    latest: async (most) => latestSignIns(scratch, most),
  };
}

function invitationMail(link: string, account: Account) {
  const phone = needsSecondFactor(account)
    ? ['Khi đăng nhập lần đầu, đồng chí cần điện thoại có ứng dụng tạo mã xác thực (TOTP).']
    : [];
  return {
    subject: 'Chi trả: đặt mật khẩu',
    lines: [
      'Đồng chí được mời dùng hệ thống Chi trả, hoặc đã nhờ đặt lại mật khẩu. Liên kết dùng một lần, trong 72 giờ.',
      ...phone,
    ],
    button: { label: 'Đặt mật khẩu', url: link },
    footer: ['Nếu đồng chí không chờ thư này, hãy báo quản trị hệ thống và không mở liên kết.'],
    isUrgent: true,
  };
}
