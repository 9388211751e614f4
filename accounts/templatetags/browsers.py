from django import template

from accounts.sign_in.browsers import browser_name

register = template.Library()
register.filter("browser_name", browser_name)
