/** Who signs in: people with a second factor, and other systems with scopes. Accounts are opened by administrators only. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  CfnUserPoolGroup,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
  type UserPoolDomain,
  type UserPoolResourceServer,
} from 'aws-cdk-lib/aws-cognito';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Keys } from './keys.ts';
import { type Stage, systemScopes } from './stages.ts';

/** The roles of `shared/case/access.ts`; a test holds the two against each other. */
export const groups = [
  'unit-clerk',
  'unit-chief-accountant',
  'unit-account-holder',
  'party-board-officer',
  'home-affairs-officer',
  'home-affairs-leader',
  'finance-officer',
  'finance-leader',
  'leadership',
  'inspector',
  'administrator',
] as const;

export interface Identity {
  readonly pool: UserPool;
  readonly domain: UserPoolDomain;
  readonly pages: UserPoolClient;
  /** Holds the secret of the pages' client; filled once after the first deployment, as RUNBOOK.md says. */
  readonly pagesSecret: CfnSecret;
  /** What a token for `/api` must say, one of them; the API itself asks for the one of each route. */
  readonly scopes: readonly string[];
}

const api = 'chi-tra';

export function identity(scope: Construct, name: string, keys: Keys, stage: Stage): Identity {
  const pool = userPool(scope, stage);
  for (const group of groups)
    new CfnUserPoolGroup(scope, `group ${group}`, { userPoolId: pool.userPoolId, groupName: group });
  const url = `https://${stage.domain}`;
  const pages = pool.addClient('pages', {
    generateSecret: true,
    authFlows: {},
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID, OAuthScope.EMAIL],
      callbackUrls: [`${url}/dang-nhap/xong`],
      logoutUrls: [`${url}/`],
    },
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    accessTokenValidity: Duration.minutes(15),
    idTokenValidity: Duration.minutes(15),
    refreshTokenValidity: Duration.hours(8),
  });
  const pagesSecret = new CfnSecret(scope, 'pages client secret', {
    name: `${name}/sign-in-client`,
    description: 'Secret of the client by which the pages sign people in',
    kmsKeyId: keys.records.keyArn,
  });
  pagesSecret.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  return {
    pool,
    domain: signInPages(pool, name, pages),
    pages,
    pagesSecret,
    scopes: letSystemsIn(pool, stage),
  };
}

/** The newer pages: they ask for a password anew where the application demands it (`prompt=login`). */
function signInPages(pool: UserPool, domainPrefix: string, { userPoolClientId: clientId }: UserPoolClient) {
  const managedLoginVersion = ManagedLoginVersion.NEWER_MANAGED_LOGIN;
  const domain = pool.addDomain('sign-in', { cognitoDomain: { domainPrefix }, managedLoginVersion });
  const { userPoolId } = pool;
  // Without a style these pages do not open.
  new CfnManagedLoginBranding(pool, 'style', { userPoolId, clientId, useCognitoProvidedValues: true });
  return domain;
}

/** Cognito fills in both marks. */
const invitation = {
  emailSubject: 'Chi trả: tài khoản của đồng chí',
  emailBody:
    'Đồng chí được mời dùng hệ thống Chi trả.<br>Tên đăng nhập: {username}<br>Mật khẩu tạm, dùng trong 3 ngày: {####}<br>Khi đăng nhập lần đầu, đồng chí đặt mật khẩu mới và cần điện thoại có ứng dụng tạo mã xác thực (TOTP).<br>Nếu đồng chí không chờ thư này, hãy báo quản trị hệ thống.',
} as const;

function userPool(scope: Construct, { signIn }: Stage): UserPool {
  return new UserPool(scope, 'people', {
    selfSignUpEnabled: false,
    userInvitation: invitation,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    standardAttributes: { email: { required: true, mutable: true } },
    mfa: Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
    passwordPolicy: {
      minLength: 14,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    // A forgotten second factor is reset by two administrators, never by a mail.
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
    ...(signIn === 'plus'
      ? {
          featurePlan: FeaturePlan.PLUS,
          standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
        }
      : { featurePlan: FeaturePlan.ESSENTIALS }),
  });
}

/** Each system has a client of its own; its secret is read once in the console and handed over on paper. */
function letSystemsIn(pool: UserPool, { systems }: Stage): Identity['scopes'] {
  const scopes = Object.entries(systemScopes).map(
    ([scopeName, scopeDescription]) => new ResourceServerScope({ scopeName, scopeDescription }),
  );
  const server: UserPoolResourceServer = pool.addResourceServer('api', { identifier: api, scopes });
  for (const { name, may } of systems) {
    pool.addClient(`system ${name}`, {
      generateSecret: true,
      authFlows: {},
      oAuth: {
        flows: { clientCredentials: true },
        scopes: scopes
          .filter(({ scopeName }) => may.some((one) => one === scopeName))
          .map((scope) => OAuthScope.resourceServer(server, scope)),
      },
      enableTokenRevocation: true,
      accessTokenValidity: Duration.minutes(15),
    });
  }
  return scopes.map(({ scopeName }) => `${api}/${scopeName}`);
}
