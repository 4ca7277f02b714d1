import type { LibraryModel } from '../../facts/library-model.js';

/** What a request brings, as the standard library and the common routers hand it to handlers. */
export default {
  name: 'requests',
  ecosystem: 'go',
  modules: ['net/http'],
  docs: 'https://pkg.go.dev/net/http#Request',
  members: [
    { member: 'Request#Header', is: 'RequestInput', fixed: { source: 'header' } },
    { member: 'Request#Body', is: 'RequestInput', fixed: { source: 'body' } },
    { member: 'Request#Form', is: 'RequestInput', fixed: { source: 'body' } },
    { member: 'Request#PostForm', is: 'RequestInput', fixed: { source: 'body' } },
    { member: 'Request#Host', is: 'RequestInput', fixed: { source: 'host' } },
    { member: 'Request#URL', type: 'go:net/url.URL' },
    { member: 'go:github.com/gin-gonic/gin.Context#Request', type: 'Request' },
  ],
  calls: [
    { call: 'go:net/url.URL#Query', is: 'RequestInput', fixed: { source: 'query' } },
    { call: 'Request#FormValue', is: 'RequestInput', fixed: { source: 'query' }, roles: { name: 'arg 0' } },
    { call: 'Request#PostFormValue', is: 'RequestInput', fixed: { source: 'body' }, roles: { name: 'arg 0' } },
    { call: 'Request#PathValue', is: 'RequestInput', fixed: { source: 'path' }, roles: { name: 'arg 0' } },
    { call: 'Request#Cookie', is: 'RequestInput', fixed: { source: 'cookie' }, roles: { name: 'arg 0' } },
    {
      call: 'go:github.com/gin-gonic/gin.Context#Query',
      is: 'RequestInput',
      fixed: { source: 'query' },
      roles: { name: 'arg 0' },
    },
    {
      call: 'go:github.com/gin-gonic/gin.Context#DefaultQuery',
      is: 'RequestInput',
      fixed: { source: 'query' },
      roles: { name: 'arg 0' },
    },
    {
      call: 'go:github.com/gin-gonic/gin.Context#Param',
      is: 'RequestInput',
      fixed: { source: 'path' },
      roles: { name: 'arg 0' },
    },
    {
      call: 'go:github.com/gin-gonic/gin.Context#PostForm',
      is: 'RequestInput',
      fixed: { source: 'body' },
      roles: { name: 'arg 0' },
    },
    {
      call: 'go:github.com/gin-gonic/gin.Context#GetHeader',
      is: 'RequestInput',
      fixed: { source: 'header' },
      roles: { name: 'arg 0' },
    },
    {
      call: 'go:github.com/gin-gonic/gin.Context#Cookie',
      is: 'RequestInput',
      fixed: { source: 'cookie' },
      roles: { name: 'arg 0' },
    },
    {
      call: 'go:github.com/labstack/echo/v4.Context#QueryParam',
      is: 'RequestInput',
      fixed: { source: 'query' },
      roles: { name: 'arg 0' },
    },
    {
      call: 'go:github.com/labstack/echo/v4.Context#Param',
      is: 'RequestInput',
      fixed: { source: 'path' },
      roles: { name: 'arg 0' },
    },
    {
      call: 'go:github.com/labstack/echo/v4.Context#FormValue',
      is: 'RequestInput',
      fixed: { source: 'body' },
      roles: { name: 'arg 0' },
    },
    {
      call: 'go:github.com/gofiber/fiber/v2.Ctx#Query',
      is: 'RequestInput',
      fixed: { source: 'query' },
      roles: { name: 'arg 0' },
    },
    {
      call: 'go:github.com/gofiber/fiber/v2.Ctx#Params',
      is: 'RequestInput',
      fixed: { source: 'path' },
      roles: { name: 'arg 0' },
    },
    {
      call: 'go:github.com/gofiber/fiber/v2.Ctx#FormValue',
      is: 'RequestInput',
      fixed: { source: 'body' },
      roles: { name: 'arg 0' },
    },
    {
      call: 'go:github.com/gofiber/fiber/v2.Ctx#Get',
      is: 'RequestInput',
      fixed: { source: 'header' },
      roles: { name: 'arg 0' },
    },
  ],
} as const satisfies LibraryModel;
