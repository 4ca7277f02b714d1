import type { LibraryModel } from '../../facts/library-model.js';

/** Django REST framework: views, their requests and permissions. */
export default {
  name: 'drf',
  ecosystem: 'pypi',
  modules: ['rest_framework'],
  docs: 'https://www.django-rest-framework.org/api-guide/requests/',
  types: { 'request.Request': 'pypi:django.HttpRequest' },
  members: [
    { member: 'pypi:django.HttpRequest#data', is: 'RequestInput', fixed: { source: 'body' } },
    { member: 'pypi:django.HttpRequest#query_params', is: 'RequestInput', fixed: { source: 'query' } },
    {
      member: 'pypi:django.HttpRequest#auth',
      is: 'PrincipalRead',
      fixed: { slot: 'request.auth', backing: 'unknown' },
    },
    { member: 'ApiView#request', type: 'pypi:django.HttpRequest' },
    { member: 'ApiView#kwargs', is: 'RequestInput', fixed: { source: 'path' } },
  ],
  calls: [
    {
      call: 'decorators.api_view',
      is: 'Route',
      fixed: { transport: 'http', mode: 'decorated', method: 'ANY' },
      roles: { method: 'arg 0' },
    },
    {
      call: 'decorators.action',
      is: 'Route',
      fixed: { transport: 'http', mode: 'class' },
      roles: { method: 'named methods', guards: 'named permission_classes' },
    },
    {
      call: 'decorators.permission_classes',
      is: 'GuardBinding',
      fixed: { mode: 'decorated' },
      roles: { handlers: 'args' },
    },
  ],
  bases: [
    { base: 'views.APIView', type: 'ApiView' },
    { base: 'generics.GenericAPIView', type: 'ApiView' },
    { base: 'generics.ListAPIView', type: 'ApiView' },
    { base: 'generics.CreateAPIView', type: 'ApiView' },
    { base: 'generics.RetrieveAPIView', type: 'ApiView' },
    { base: 'generics.UpdateAPIView', type: 'ApiView' },
    { base: 'generics.DestroyAPIView', type: 'ApiView' },
    { base: 'generics.ListCreateAPIView', type: 'ApiView' },
    { base: 'generics.RetrieveUpdateAPIView', type: 'ApiView' },
    { base: 'generics.RetrieveDestroyAPIView', type: 'ApiView' },
    { base: 'generics.RetrieveUpdateDestroyAPIView', type: 'ApiView' },
    { base: 'viewsets.ViewSet', type: 'ApiView' },
    { base: 'viewsets.GenericViewSet', type: 'ApiView' },
    { base: 'viewsets.ModelViewSet', type: 'ApiView' },
    { base: 'viewsets.ReadOnlyModelViewSet', type: 'ApiView' },
  ],
} as const satisfies LibraryModel;
