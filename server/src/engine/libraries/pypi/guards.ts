import type { LibraryModel } from '../../facts/library-model.js';

/** Decorators, dependencies and permissions of libraries that let only some requests pass. */
export default {
  name: 'guards',
  ecosystem: 'pypi',
  modules: ['flask_login'],
  docs: 'https://flask-login.readthedocs.io/en/latest/#flask_login.login_required',
  members: [
    { member: 'login_required', is: 'Guard', fixed: { proves: 'authenticated', outcome: 'rejects' } },
    { member: 'fresh_login_required', is: 'Guard', fixed: { proves: 'authenticated', outcome: 'rejects' } },
    { member: 'utils.login_required', is: 'Guard', fixed: { proves: 'authenticated', outcome: 'rejects' } },
    {
      member: 'pypi:django.contrib.auth.decorators.login_required',
      is: 'Guard',
      fixed: { proves: 'authenticated', outcome: 'rejects' },
    },
    {
      member: 'pypi:django.contrib.admin.views.decorators.staff_member_required',
      is: 'Guard',
      fixed: { proves: 'role', outcome: 'rejects' },
    },
    {
      member: 'pypi:django.contrib.auth.mixins.LoginRequiredMixin',
      is: 'Guard',
      fixed: { proves: 'authenticated', outcome: 'rejects' },
    },
    {
      member: 'pypi:django.contrib.auth.mixins.PermissionRequiredMixin',
      is: 'Guard',
      fixed: { proves: 'role', outcome: 'rejects' },
    },
    {
      member: 'pypi:django.contrib.auth.mixins.UserPassesTestMixin',
      is: 'Guard',
      fixed: { proves: 'role', outcome: 'rejects' },
    },
    {
      member: 'pypi:rest_framework.permissions.IsAuthenticated',
      is: 'Guard',
      fixed: { proves: 'authenticated', outcome: 'rejects' },
    },
    {
      member: 'pypi:rest_framework.permissions.IsAdminUser',
      is: 'Guard',
      fixed: { proves: 'role', outcome: 'rejects' },
    },
    {
      member: 'pypi:rest_framework.permissions.DjangoModelPermissions',
      is: 'Guard',
      fixed: { proves: 'role', outcome: 'rejects' },
    },
    {
      member: 'pypi:rest_framework.permissions.DjangoObjectPermissions',
      is: 'Guard',
      fixed: { proves: 'owner', outcome: 'rejects' },
    },
    {
      member: 'pypi:rest_framework.permissions.IsAuthenticatedOrReadOnly',
      is: 'Guard',
      fixed: { proves: 'authenticated', outcome: 'writes' },
    },
    {
      member: 'pypi:rest_framework.permissions.AllowAny',
      is: 'Guard',
      fixed: { proves: 'authenticated', outcome: 'open' },
    },
    {
      member: 'pypi:flask_security.login_required',
      is: 'Guard',
      fixed: { proves: 'authenticated', outcome: 'rejects' },
    },
    {
      member: 'pypi:flask_security.auth_required',
      is: 'Guard',
      fixed: { proves: 'authenticated', outcome: 'rejects' },
    },
    {
      member: 'pypi:flask_jwt_extended.jwt_required',
      is: 'Guard',
      fixed: { proves: 'authenticated', outcome: 'rejects' },
    },
    {
      member: 'pypi:flask_jwt_extended.fresh_jwt_required',
      is: 'Guard',
      fixed: { proves: 'authenticated', outcome: 'rejects' },
    },
  ],
  calls: [
    {
      call: 'pypi:flask_jwt_extended.jwt_required',
      is: 'Guard',
      fixed: { proves: 'authenticated', outcome: 'optional' },
      when: { 'named optional': true },
    },
    {
      call: 'pypi:flask_jwt_extended.jwt_required',
      is: 'Guard',
      fixed: { proves: 'authenticated', outcome: 'rejects' },
      when: { 'named optional': 'absent' },
    },
    {
      call: 'pypi:flask_jwt_extended.jwt_required',
      is: 'Guard',
      fixed: { proves: 'authenticated', outcome: 'rejects' },
      when: { 'named optional': false },
    },
    {
      call: 'pypi:django.contrib.auth.decorators.login_required',
      is: 'Guard',
      fixed: { proves: 'authenticated', outcome: 'rejects' },
    },
    {
      call: 'pypi:django.contrib.auth.decorators.permission_required',
      is: 'Guard',
      fixed: { proves: 'role', outcome: 'rejects' },
    },
    {
      call: 'pypi:django.contrib.auth.decorators.user_passes_test',
      is: 'Guard',
      fixed: { proves: 'role', outcome: 'rejects' },
    },
    { call: 'pypi:flask_security.auth_required', is: 'Guard', fixed: { proves: 'authenticated', outcome: 'rejects' } },
    { call: 'pypi:flask_security.roles_required', is: 'Guard', fixed: { proves: 'role', outcome: 'rejects' } },
    { call: 'pypi:flask_security.roles_accepted', is: 'Guard', fixed: { proves: 'role', outcome: 'rejects' } },
    { call: 'pypi:flask_security.permissions_required', is: 'Guard', fixed: { proves: 'role', outcome: 'rejects' } },
    { call: 'pypi:starlette.authentication.requires', is: 'Guard', fixed: { proves: 'role', outcome: 'rejects' } },
    {
      call: 'pypi:flask_httpauth.HTTPTokenAuth#login_required',
      is: 'Guard',
      fixed: { proves: 'authenticated', outcome: 'rejects' },
    },
    {
      call: 'pypi:flask_httpauth.HTTPBasicAuth#login_required',
      is: 'Guard',
      fixed: { proves: 'authenticated', outcome: 'rejects' },
    },
    { call: 'pypi:flask_principal.Permission#require', is: 'Guard', fixed: { proves: 'role', outcome: 'rejects' } },
  ],
} as const satisfies LibraryModel;
