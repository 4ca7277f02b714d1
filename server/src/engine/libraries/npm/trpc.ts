import type { LibraryModel } from '../../facts/library-model.js';

/** Procedures: their middleware, input and handlers. */
export default {
  name: 'trpc',
  ecosystem: 'npm',
  modules: ['@trpc/server'],
  docs: 'https://trpc.io/docs/server/procedures',
  members: [
    { member: 'Trpc#procedure', type: 'Procedure' },
    { member: 'ProcedureOptions#input', is: 'RequestInput', fixed: { source: 'args' } },
    { member: 'ProcedureOptions#ctx', type: 'ProcedureContext' },
    { member: 'ProcedureOptions#rawInput', is: 'RequestInput', fixed: { source: 'args' } },
    { member: 'ProcedureContext#user', is: 'PrincipalRead', fixed: { slot: 'ctx.user', backing: 'unknown' } },
    { member: 'ProcedureContext#session', is: 'PrincipalRead', fixed: { slot: 'ctx.session', backing: 'unknown' } },
    { member: 'ProcedureContext#userId', is: 'PrincipalRead', fixed: { slot: 'ctx.userId', backing: 'unknown' } },
    { member: 'ProcedureContext#auth', is: 'PrincipalRead', fixed: { slot: 'ctx.auth', backing: 'unknown' } },
  ],
  calls: [
    { call: 'initTRPC.context|initTRPC.meta', returns: 'Builder' },
    { call: 'Builder#context|Builder#meta', returns: 'Builder' },
    { call: 'initTRPC.create|Builder#create', returns: 'Trpc' },
    { call: 'Trpc#middleware', gives: { same: 'arg 0' }, callbacks: { 'arg 0': ['ProcedureOptions'] } },
    { call: 'Procedure#use', returns: 'Procedure', callbacks: { 'arg 0': ['ProcedureOptions'] } },
    { call: 'Procedure#input|Procedure#output|Procedure#meta|Procedure#concat', returns: 'Procedure' },
    {
      call: 'Procedure#query',
      is: 'Route',
      fixed: { transport: 'rpc', method: 'query', mode: 'builder' },
      roles: { owner: 'receiver', handlers: 'args' },
      callbacks: { 'arg 0': ['ProcedureOptions'] },
    },
    {
      call: 'Procedure#mutation',
      is: 'Route',
      fixed: { transport: 'rpc', method: 'mutation', mode: 'builder' },
      roles: { owner: 'receiver', handlers: 'args' },
      callbacks: { 'arg 0': ['ProcedureOptions'] },
    },
    {
      call: 'Procedure#subscription',
      is: 'Route',
      fixed: { transport: 'rpc', method: 'subscription', mode: 'builder' },
      roles: { owner: 'receiver', handlers: 'args' },
      callbacks: { 'arg 0': ['ProcedureOptions'] },
    },
  ],
} as const satisfies LibraryModel;
