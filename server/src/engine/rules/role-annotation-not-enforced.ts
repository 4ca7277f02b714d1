import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'role-annotation-not-enforced',
  item: 'endpoint-protection',
  title: 'Nothing reads a role annotation',
  why: 'The annotation is a label; something has to read it.',
  attack: 'None is needed: every user who is logged in passes.',
  remedy: 'Register the guard that reads the annotation, then prove it with a request that must fail.',
  severities: ['error'],
  precision: 'medium',
  cwe: [862, 285],
  references: ['ASVS 8.2.1', 'ASVS 8.3.1'],
  noFix: 'A guard that reads the annotation has to be written or bound.',
  examples: [
    {
      language: 'typescript',
      vulnerable: `const { Controller, Delete, Module, SetMetadata, UseGuards } = require('@nestjs/common');
const { NestFactory } = require('@nestjs/core');
const { AuthGuard } = require('@nestjs/passport');

const Roles = (...roles: string[]) => SetMetadata('roles', roles);

@Controller('reports')
@UseGuards(AuthGuard('jwt'))
class ReportsController {
  @Roles('admin')
  @Delete()
  wipe() {
    return this.reportRepository.delete({});
  }
}

@Module({ controllers: [ReportsController] })
class AppModule {}
NestFactory.create(AppModule);`,
      fixed: `const { Controller, Delete, Module, SetMetadata, UseGuards } = require('@nestjs/common');
const { NestFactory } = require('@nestjs/core');
const { AuthGuard } = require('@nestjs/passport');
const { RolesGuard } = require('./roles.guard');

const Roles = (...roles: string[]) => SetMetadata('roles', roles);

@Controller('reports')
@UseGuards(AuthGuard('jwt'), RolesGuard)
class ReportsController {
  @Roles('admin')
  @Delete()
  wipe() {
    return this.reportRepository.delete({});
  }
}

@Module({ controllers: [ReportsController] })
class AppModule {}
NestFactory.create(AppModule);`,
    },
  ],
  on: 'Endpoint',
  *check({ roles, at }) {
    if (textOf(roles.lacks) !== 'annotation') return;
    yield { at, message: 'No guard reads this role annotation.' };
  },
});
