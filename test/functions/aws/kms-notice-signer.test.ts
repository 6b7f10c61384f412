/** The server that stands in for AWS has no Ed25519 keys: keys of this process play those of KMS. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { DisabledException, GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import { ladder } from '../../../functions/aws/faults.ts';
import { kmsNoticeSigner, knownMinutes } from '../../../functions/aws/kms-notice-signer.ts';
import { Permanent } from '../../../shared/case/faults.ts';
import { scratchInMemory } from '../../contracts/desk.ts';
import { describeNoticeSigner } from '../../contracts/notice-signer.ts';

const alias = 'alias/chi-tra-notices';
const $metadata = {};

/** KMS as it answers for such keys: by address or by the alias, which points at the newest. */
function playedKms() {
  const client = new KMSClient({ region: 'none', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } });
  const service = mockClient(client);
  const keys = new Map<string, { readonly secret: KeyObject; readonly spki: Uint8Array; isDisabled: boolean }>();
  let newest = '';
  const found = (id: string) => {
    const key = keys.get(id === alias ? newest : id) ?? expect.fail(`no key ${id}`);
    if (key.isDisabled) throw new DisabledException({ $metadata, message: 'disabled' });
    return key;
  };
  const changeKey = async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    newest = `arn:aws:kms:ap-southeast-1:123456789012:key/${keys.size + 1}`;
    keys.set(newest, {
      secret: privateKey,
      spki: publicKey.export({ type: 'spki', format: 'der' }),
      isDisabled: false,
    });
  };
  service.on(GetPublicKeyCommand).callsFake(({ KeyId }) => ({
    KeyId: KeyId === alias ? newest : KeyId,
    PublicKey: found(KeyId).spki,
    KeySpec: 'ECC_NIST_EDWARDS25519',
  }));
  service.on(SignCommand).callsFake(({ KeyId, Message, MessageType, SigningAlgorithm }) => {
    // As the key service demands of such a key.
    expect([MessageType, SigningAlgorithm]).toEqual(['RAW', 'ED25519_SHA_512']);
    return { Signature: new Uint8Array(sign(null, Message, found(KeyId).secret)), KeyId };
  });
  return { client, service, changeKey, disable: (arn: string) => void (found(arn).isDisabled = true), keys };
}

function opened() {
  const kms = playedKms();
  const published = scratchInMemory();
  const waited: number[] = [];
  let now = 0;
  void kms.changeKey();
  const settings = { keyId: alias, now: () => now, wait: async (step: number) => void waited.push(step) };
  return {
    ...kms,
    waited,
    published,
    signer: kmsNoticeSigner(kms.client, settings, published),
    another: () => kmsNoticeSigner(kms.client, settings, published),
    async changeKey() {
      await kms.changeKey();
      now += knownMinutes * 60_000;
    },
  };
}

describeNoticeSigner('the signer of notices on a key of KMS, its keys played', opened);

test('an old key may be disabled: what it signed verifies by the public key that was kept', async () => {
  const { signer, changeKey, disable, keys, another } = opened();
  const old = await signer.current();
  const signed = await signer.sign(old.id, 'CT1');
  await changeKey();
  disable([...keys.keys()][0] ?? '');
  const kept = (await another().keys()).find(({ id }) => id === old.id) ?? expect.fail('the old key is gone');
  expect(signer.verifies(kept, 'CT1', signed)).toBe(true);
});

test('a signature is by the key whose name it bears, though the alias points elsewhere by now', async () => {
  const { signer, service, keys } = opened();
  const key = await signer.current();
  await signer.sign(key.id, 'CT1');
  expect(service.commandCalls(SignCommand)[0]?.args[0].input.KeyId).toBe([...keys.keys()][0]);
});

test('a public key is kept before anything is signed by it', async () => {
  const { signer, service, published } = opened();
  await signer.current();
  expect(service.commandCalls(SignCommand)).toHaveLength(0);
  expect(await published.list('notice-key')).toHaveLength(1);
});

test('the key is asked for once for a thousand notices', async () => {
  const { signer, service } = opened();
  const { id } = await signer.current();
  for (let times = 0; times < 1000; times += 1) await signer.sign(id, `CT${times}`);
  expect(service.commandCalls(GetPublicKeyCommand)).toHaveLength(1);
});

test('a busy key service is asked again; a key of another kind is a fault', async () => {
  const { signer, service, waited } = opened();
  const { id } = await signer.current();
  const busy = Object.assign(new Error('slowly'), { name: 'ThrottlingException' });
  service
    .on(SignCommand)
    .rejectsOnce(busy)
    .resolves({ Signature: new Uint8Array(64) });
  expect(await signer.sign(id, 'CT1')).toHaveLength(64);
  expect(waited).toEqual([ladder[0]]);
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const other = opened();
  other.service
    .on(GetPublicKeyCommand)
    .resolves({ KeyId: 'arn', PublicKey: publicKey.export({ type: 'spki', format: 'der' }) });
  await expect(other.signer.current()).rejects.toThrow(RangeError);
});

test('a disabled key is a fault for good', async () => {
  const { signer, disable, keys } = opened();
  const { id } = await signer.current();
  disable([...keys.keys()][0] ?? '');
  await expect(signer.sign(id, 'CT1')).rejects.toThrow(Permanent);
});
