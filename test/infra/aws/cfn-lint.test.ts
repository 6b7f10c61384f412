/** What CloudFormation itself would refuse: the stack was never deployed, so somebody else's checker reads it. */
import { expect, test } from 'vitest';
import { regions, stages } from '../../../infra/aws/stages.ts';
import { linted } from './cfn-lint.ts';
import { ofType, plain, type Resource, synthesized, type TemplateText } from './synthesized.ts';

const whole = synthesized('test').template;
const found = await linted(
  {
    ...Object.fromEntries(Object.keys(stages).map((name) => [name, synthesized(name).template])),
    broken: broken(whole),
  },
  regions,
);

test.skipIf(found === undefined).each(Object.keys(stages))(
  'CloudFormation would take %s as it is, in every region that may be chosen',
  (name) => {
    expect(found?.get(name)).toEqual([]);
  },
);

test.skipIf(found === undefined)('what CloudFormation or a service would refuse is told, with its place', () => {
  const faults = found?.get('broken')?.join('\n');
  expect(faults).toMatch(/^E3002 at Resources\/histories\w+\/Properties\/BillingMod: /m);
  expect(faults).toMatch(/^E1010 at Resources\/pipe\/Properties\/Source.*'StreamArm' is not one of/m);
  expect(faults).toMatch(/^W3037 at Resources\/webrole\w+\/Properties\/Policies\/.*'getitems' is not one of/m);
  expect(faults).toMatch(/^I3510 at Resources\/webrole\w+\/.* action 'dynamodb:\w+' requires a resource of/m);
  expect(faults).toMatch(/^E3601 at Resources\/batch\w+\/Properties\/DefinitionString\/.*: 'Chose' is not one of/m);
  expect(faults).toMatch(/^E3006 at Resources\/nowhere\/Type: /m);
});

/** Of a stage, the parts that are broken here: a property, a reference, an action, a resource, a state, a type. */
function broken(template: TemplateText): TemplateText {
  const [[histories, table], [pipe], [batch, machine], [webRole, role]] = [
    first(template, 'AWS::DynamoDB::Table'),
    first(template, 'AWS::Pipes::Pipe'),
    first(template, 'AWS::StepFunctions::StateMachine'),
    first(template, 'AWS::IAM::Role', 'webrole'),
  ];
  const { BillingMode: BillingMod, ...keys } = table.Properties;
  const definition = plain(machine.Properties['DefinitionString']).replace('"Type":"Choice"', '"Type":"Chose"');
  const PolicyDocument = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'dynamodb:GetItems', Resource: '*' },
      { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: 'arn:aws:s3:::files' },
    ],
  };
  return {
    Resources: {
      [histories]: { ...table, Properties: { ...keys, BillingMod } },
      [pipe]: {
        Type: 'AWS::Pipes::Pipe',
        Properties: { Source: { 'Fn::GetAtt': [histories, 'StreamArm'] } },
      },
      [batch]: { ...machine, Properties: { ...machine.Properties, DefinitionString: definition } },
      [webRole]: { ...role, Properties: { ...role.Properties, Policies: [{ PolicyName: 'own', PolicyDocument }] } },
      nowhere: { Type: 'AWS::DynamoDB::Tables', Properties: {} },
    },
  };
}

function first(template: TemplateText, type: string, name = ''): readonly [id: string, resource: Resource] {
  const [found] = ofType(template, type).filter(([id]) => id.startsWith(name));
  if (found === undefined) throw new Error(`no ${type} ${name}`);
  return found;
}
