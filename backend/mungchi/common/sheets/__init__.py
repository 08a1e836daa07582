"""Reading tables out of what people upload: workbooks and CSV in its many forms. Pure."""
