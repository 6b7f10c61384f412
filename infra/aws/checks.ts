/** What cdk-nag finds and we leave as it is, each with its reason. An acknowledgement that nothing needs any more is a fault. */
import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';

/** Makes a synthesis fail on every finding that is not acknowledged. */
export function checked(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
}
