/** The rehearsal with its stand-in, for the demo: what went through the cloud's services is told at the end. */
import { batchDefinition } from '../definition.ts';
import { openMoto } from '../moto.ts';
import { startRehearsal } from './rehearsal.ts';

/** Throws where Python or PyPI is missing: there is nothing to rehearse against. */
export async function openRehearsal(directory: string, tell: (sentence: string) => void) {
  const moto = await openMoto();
  if (moto === undefined) throw new Error('Cần Python 3 (python3-venv) và PyPI để có máy chủ thay cho AWS.');
  const { endpoint } = moto;
  const rehearsal = await startRehearsal({ endpoint, directory, workflow: batchDefinition(), seed: 'nghe-an' });
  tell('Kho lưu, tệp, thư và sự kiện đi qua các bộ nối AWS, trên máy chủ thay cho AWS.');
  return {
    url: rehearsal.url,
    async stop() {
      const { events, mails } = rehearsal.counts();
      tell(`Qua AWS: ${events} sự kiện, ${mails} thư.`);
      for (const [batch, { transitions, invocations, gigabyteSeconds }] of rehearsal.charged()) {
        const seconds = gigabyteSeconds.toFixed(1).replace('.', ',');
        tell(
          `Quy trình của đợt ${batch}: ${transitions} lần chuyển bước, ${invocations} lần gọi hàm, ${seconds} GB-giây.`,
        );
      }
      await rehearsal.stop();
      await moto.close();
    },
  };
}
